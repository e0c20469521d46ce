export { type Json, type JsonObject } from './json.js';
export { type Millis, type Seconds, type ParsableLong } from './time.js';
export {
  attemptId,
  parseAttemptId,
  type WorkflowKey,
  type RunKey,
  type InstanceIdentity,
  type StepIdentity,
  type AttemptKey,
} from './ids.js';
export {
  SHARDS,
  RUN_SEQUENCES,
  TIME_ORDER,
  makeRunKey,
  shardOf,
  timeOrder,
  runKeyParts,
  type RunKeyParts,
} from './run-key.js';
export {
  PARAM_TYPES,
  PARAM_MODES,
  INTERNAL_PARAM_MODES,
  PARAM_SOURCES,
  type ParamType,
  type ParamMode,
  type InternalParamMode,
  type ParamSource,
  type Decimal,
  type ParamLiterals,
  type ParamDefinition,
  type ParamDefinitions,
  type ParamValue,
  type DoubleValue,
  type ParamValueMap,
  type Param,
  type Params,
} from './param.js';
export { DYNAMIC_OUTPUT, failedOutput } from './artifact.js';
export { holderOf, executorOf } from './holder.js';
export { TAG_NAMESPACES, type TagNamespace, type Tag } from './tag.js';
export { type User } from './user.js';
export {
  FAILURE_CLASSES,
  type FailureClass,
  type ExponentialBackoff,
  type FixedBackoff,
  type RetryPolicy,
} from './retry.js';
export {
  ALERT_TYPES,
  ALERT_ACTIONS,
  ALERT_GRANULARITIES,
  PAGERDUTY_SEVERITIES,
  type AlertType,
  type AlertAction,
  type AlertGranularity,
  type PagerdutySeverity,
  type SlackTarget,
  type TargetCompletionTime,
  type AlertTypeConfig,
  type Alerting,
} from './alerting.js';
export {
  MATCH_OPERATORS,
  type MatchOperator,
  type SignalMatchParam,
  type SignalDependency,
  type SignalOutput,
  type SignalParamValue,
  type SignalParams,
  type SignalMatch,
  type SignalMatches,
  SIGNAL_DEPENDENCY_STATUSES,
  type SignalDependencyStatus,
  type AwaitedSignal,
  type AnnouncedSignal,
  type StepSignals,
  type SignalStep,
  type SignalInstance,
} from './signal.js';
export {
  CATCH_UPS,
  type CatchUpPolicy,
  PREDEFINED_SCHEDULES,
  type PredefinedSchedule,
  type CronTrigger,
  type PredefinedTrigger,
  type IntervalTrigger,
  type TimeTrigger,
  type SignalTriggerMatch,
  type SignalTrigger,
  TRIGGER_FINDING_KINDS,
  type TriggerFinding,
  type TriggerFindingKind,
} from './trigger.js';
export {
  FAILURE_MODES,
  type FailureMode,
  type Transition,
  type LeafStep,
  type SubworkflowStep,
  type ForeachStep,
  type WhileStep,
  type TemplateStep,
  type Step,
  type StepKind,
} from './step.js';
export {
  RUN_STRATEGY_RULES,
  DEFAULT_RUN_STRATEGY,
  DEFAULT_PARALLEL_CONCURRENCY,
  type RunStrategyRule,
  type RunStrategy,
} from './run-strategy.js';
export {
  CRITICALITIES,
  type Criticality,
  type Workflow,
  type Properties,
  type PropertiesSnapshot,
  type PropertiesChange,
  type GitInfo,
  type PushRequest,
  type DefinitionMetadata,
  type WorkflowDefinition,
} from './definition.js';
export {
  DEFAULT_TEMPLATE_VERSION,
  TEMPLATE_VERSION_PARAM,
  type JobTemplate,
  type JobTemplateDefinition,
  type JobTemplateRequest,
} from './job-template.js';
export { type ResolvedTemplate } from './resolved-template.js';
export {
  WORKFLOW_INSTANCE_STATUSES,
  isTerminalInstance,
  STEP_STATUSES,
  isCompleteStep,
  isRetryableStep,
  isFailedStep,
  isTerminalStep,
  isOverviewStep,
  type WorkflowInstanceStatus,
  type StepStatus,
} from './status.js';
export { type UsedStepType, type WorkerType } from './worker-type.js';
export { STEP_ACTIONS, STEP_ACTION_MAP, type StepAction } from './step-action.js';
export {
  RUN_POLICIES,
  type Ancestor,
  type Initiator,
  type InitiatorType,
  type RunPolicy,
  type StartRequest,
} from './instance.js';
export {
  RESTART_POLICIES,
  UPSTREAM_RESTART_MODES,
  type InstanceRestartBody,
  type RestartConfig,
  type RestartNode,
  type RestartPolicy,
  type StepRestartBody,
  type UpstreamRestartMode,
} from './restart.js';
export { LOG_LEVELS, type LogLevel, type TimelineEvent } from './timeline.js';
export { closest, suggestion } from './suggestion.js';
export {
  ERROR_CODES,
  isErrorCode,
  MaestroError,
  type ErrorCode,
  type FieldViolation,
  type TextPosition,
  type ErrorDetails,
} from './error.js';
export {
  MAX_DEFINITION_BYTES,
  MAX_STEPS,
  MAX_ID_LENGTH,
  MAX_NAME_LENGTH,
  MAX_TEXT_LENGTH,
  MAX_RUN_PARAMS,
  MAX_PARAMS_CHARS,
  MAX_CONCURRENCY,
  MAX_INSTANCE_STEP_CONCURRENCY,
  MAX_FOREACH_CONCURRENCY,
  MAX_LOOP_ITERATIONS,
  MAX_DEPTH,
  MAX_RETRIES,
  MAX_RETRY_WAIT_SECS,
  DEFAULT_TIMEOUT_SECS,
  MAX_TIMEOUT_SECS,
  MAX_TRIGGER_SIGNALS,
  MAX_PAGE_SIZE,
  MAX_BODY_BYTES,
} from './limits.js';
export { DELIVERY_STATES, type DeliveryState } from './delivery.js';
