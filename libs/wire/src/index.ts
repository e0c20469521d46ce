export { type EnumTable } from './enum-table.js';
export { instantFromProto, instantToProto } from './time.js';
export { jsonObjectFromProto, jsonObjectToProto, jsonValueFromProto, jsonValueToProto } from './json.js';
export { userFromProto, userToProto } from './user.js';
export { TAG_NAMESPACE_TABLE, tagFromProto, tagsFromProto, tagToProto, tagsToProto } from './tag.js';
export { parsableLongFromProto, parsableLongToProto } from './parsable-long.js';
export { INTERNAL_PARAM_MODE_TABLE, PARAM_MODE_TABLE, PARAM_SOURCE_TABLE, PARAM_TYPE_TABLE } from './param-enums.js';
export {
  paramDefinitionFromProto,
  paramDefinitionToProto,
  paramDefinitionsFromProto,
  paramDefinitionsToProto,
} from './param-definition.js';
export { paramValueFromProto, paramValueMapFromProto, paramValueMapToProto, paramValueToProto } from './param-value.js';
export { paramFromProto, paramToProto, paramsFromProto, paramsToProto } from './params.js';
export {
  type SignalParams,
  signalParamValueFromProto,
  signalParamValueToProto,
  signalParamsFromProto,
  signalParamsToProto,
} from './signal-param-value.js';
export {
  MATCH_OPERATOR_TABLE,
  signalDependencyFromProto,
  signalDependencyToProto,
  signalInstanceFromProto,
  signalInstanceToProto,
  signalStepFromProto,
  signalStepToProto,
  signalOutputFromProto,
  signalOutputToProto,
} from './signal.js';
export {
  CATCH_UP_TABLE,
  PREDEFINED_SCHEDULE_TABLE,
  signalTriggerFromProto,
  signalTriggerToProto,
  timeTriggerFromProto,
  timeTriggerToProto,
} from './trigger.js';
export { retryPolicyFromProto, retryPolicyToProto } from './retry.js';
export {
  ALERT_ACTION_TABLE,
  ALERT_GRANULARITY_TABLE,
  ALERT_TYPE_TABLE,
  PAGERDUTY_SEVERITY_TABLE,
} from './alerting-enums.js';
export { alertingFromProto, alertingToProto } from './alerting.js';
export {
  FAILURE_MODE_TABLE,
  stepFromProto,
  stepToProto,
  stepsFromProto,
  stepsToProto,
  transitionFromProto,
  transitionToProto,
} from './step.js';
export { RUN_STRATEGY_RULE_TABLE, runStrategyFromProto, runStrategyToProto } from './run-strategy.js';
export {
  propertiesFromProto,
  propertiesSnapshotFromProto,
  propertiesSnapshotToProto,
  propertiesToProto,
} from './properties.js';
export { propertiesChangeFromProto, propertiesChangeToProto } from './properties-change.js';
export { CRITICALITY_TABLE, workflowFromProto, workflowToProto } from './workflow.js';
export { gitInfoFromProto, gitInfoToProto } from './git-info.js';
export {
  definitionFromProto,
  definitionMetadataFromProto,
  definitionMetadataToProto,
  definitionToProto,
} from './definition.js';
export { jobTemplateFromProto, jobTemplateRequestFromProto, jobTemplateToProto } from './job-template.js';
export { resolvedTemplateFromProto, resolvedTemplateToProto } from './resolved-template.js';
export { pushRequestFromProto, pushRequestToProto, validateRequestToProto } from './push-request.js';
export { initiatorFromProto, initiatorToProto } from './initiator.js';
export { INSTANCE_STATUS_TABLE, instanceStatusFromProto, instanceStatusToProto } from './instance-status.js';
export { DELIVERY_STATE_TABLE } from './delivery-state.js';
export { STEP_STATUS_TABLE, stepStatusFromProto, stepStatusToProto } from './step-status.js';
export { RUN_POLICY_TABLE, runPolicyFromProto, runPolicyToProto } from './run-policy.js';
export { restartConfigToProto } from './restart-config.js';
export { LOG_LEVEL_TABLE, timelineEventFromProto, timelineEventToProto } from './timeline.js';
export { type StartTarget, startRequestFromProto, startRequestToProto, startTargetFromProto } from './start-request.js';
export { decodeExactJson, encodeExactJson, exactJsonText, parseExactJson } from './exact-json.js';
export {
  decodeParamDefinitions,
  decodeParams,
  decodeParamValues,
  encodeParamDefinitions,
  encodeParams,
  encodeParamValues,
  paramsText,
  parseParams,
} from './param-bytes.js';
export {
  announcedSignalFromProto,
  announcedSignalToProto,
  awaitedSignalFromProto,
  awaitedSignalToProto,
  SIGNAL_DEPENDENCY_STATUS_TABLE,
  signalMatchesFromProto,
  signalMatchesToProto,
  stepSignalsToProto,
} from './step-signals.js';
export { timelineEventToJson } from './rest/timeline.js';
export { paramsMessageToJson, paramsToJson } from './rest/params.js';
export {
  definitionToRestJson,
  propertiesSnapshotToJson,
  versionToJson,
  workflowSummaryToJson,
} from './rest/definition.js';
export { workflowInstanceToJson } from './rest/workflow-instance.js';
export { stepInstanceToJson, stepRuntimeStateToJson } from './rest/step-instance.js';
export {
  type WorkflowAction,
  instanceActionToJson,
  startResponseToJson,
  workflowActionToJson,
} from './rest/actions.js';
export { breakpointToJson, pausedStepToJson } from './rest/breakpoint.js';
export { jobTemplateToRestJson } from './rest/job-template.js';
export { registeredStepTypeToJson } from './rest/step-type.js';
export { tagPermitToJson, tagPermitUseToJson } from './rest/tag-permit.js';
export { explainedSignalTriggersToJson, explainedTimeTriggersToJson } from './rest/explained-triggers.js';
export { TRIGGER_FINDING_KIND_TABLE, triggerFindingToProto } from './trigger-finding.js';
export { firedTriggerToJson, timeTriggerStateToJson } from './rest/time-trigger.js';
export { stepActionToJson } from './rest/step-action.js';
export { aggregatedInfoToJson, restartConfigToJson, restartStepResponseToJson } from './rest/restart.js';
export { explainToJson, overviewToJson, workflowTimelineToJson } from './rest/overview.js';
export { signalInstanceToJson } from './rest/signal.js';
export { ALERT_STATE_TABLE, alertToJson, testedAlertToJson } from './rest/alert.js';
export { deliveryToJson, webhookToJson } from './rest/notifier.js';
export {
  FIRING_STATE_NAMES,
  firingToJson,
  runTraceToJson,
  signalGraphToJson,
  signalTraceToJson,
  subscribedTriggerToJson,
} from './rest/lineage.js';
export { paginationToJson } from './rest/pagination.js';
export { comparisonToJson, iterationsToJson, iterationSummaryToJson, stepIterationToJson } from './rest/views.js';
export { stepTypeFromProto, stepTypeToProto } from './step-type.js';
