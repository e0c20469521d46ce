import { act, check, read, type Route } from '../http/route.js';
import { LOG_QUERY } from '../logs/log-request.js';
import { getInstanceActionMap, getStepActionMap } from './action-maps.js';
import { activateWorkflow } from './activate-workflow.js';
import { acknowledgeAlert, listAlerts, testAlert } from './alerts.js';
import { announceSignal } from './announce-signal.js';
import { deleteBreakpoint, listBreakpoints, listPausedSteps, resumeStep, setBreakpoint } from './breakpoints.js';
import { actOnInstances, cancelBulkJob, getBulkJob } from './bulk-act.js';
import { callBack } from './call-back.js';
import { deactivateWorkflow } from './deactivate-workflow.js';
import { DELIVERY_FILTER, listDeliveries, retryDeliveries, retryDelivery } from './deliveries.js';
import { deleteTag } from './delete-tag.js';
import { deleteWorkflow } from './delete-workflow.js';
import { explain } from './explain.js';
import { getInstance } from './get-instance.js';
import { getOverview } from './get-overview.js';
import { getProperties } from './get-properties.js';
import { getSignal } from './get-signal.js';
import { getStep } from './get-step.js';
import { getVersion } from './get-version.js';
import { getWorkflowTimeline } from './get-workflow-timeline.js';
import { killInstance, stopInstance, unparkRun } from './instance-acts.js';
import { listAllInstances, listInstances, listRuns } from './list-instances.js';
import { listProperties } from './list-properties.js';
import {
  explainSignalTriggers,
  getSignalGraph,
  listFirings,
  listSignalTriggers,
  traceRun,
  traceSignal,
} from './lineage.js';
import { listSignals } from './list-signals.js';
import { listSignalNames } from './signal-names.js';
import { watchSignal, watchSignals } from './watch-signals.js';
import { listSteps } from './list-steps.js';
import { listVersions } from './list-versions.js';
import { listWorkflows } from './list-workflows.js';
import { pauseInstance, pauseWorkflow, resumeInstance, resumeWorkflow } from './pause-acts.js';
import { pushWorkflowJson, pushWorkflowYaml } from './push-workflow.js';
import { putOutputData } from './put-output-data.js';
import { readLog } from './read-log.js';
import { restartInstance, restartStep } from './restart.js';
import { startWorkflow } from './start-workflow.js';
import { bypassStep, killStep, skipStep, stopStep } from './step-acts.js';
import { getTrace, receiveTraces } from './traces.js';
import { unblockInstance } from './unblock-instance.js';
import { updateProperties } from './update-properties.js';
import { upsertTag } from './upsert-tag.js';
import { validateWorkflowJson, validateWorkflowYaml } from './validate-workflow.js';
import { compareRuns, getIteration, getIterationSummary, listIterations } from './views.js';
import { watchLog } from './watch-log.js';
import { watchRun } from './watch-run.js';
import {
  deleteJobTemplate,
  getJobTemplate,
  listJobTemplates,
  putJobTemplateJson,
  putJobTemplateYaml,
} from './job-templates.js';
import { getStepType, listStepTypes } from './step-types.js';
import {
  explainTimeTriggers,
  fireTimeTrigger,
  listTimeTriggers,
  pauseTimeTrigger,
  resumeTimeTrigger,
} from './time-triggers.js';
import { getInlinePath, getInlineWorkflowId } from './inline-ids.js';
import { getTagPermit, listTagPermits, removeTagPermit, setTagPermit } from './tag-permits.js';
import { createWebhook, deleteWebhook, listWebhooks, testWebhook, updateWebhook } from './webhooks.js';
import { killWorkflow, stopWorkflow, unblockWorkflow } from './workflow-acts.js';

/** BASE_PATH is before every path of the API. */
export const BASE_PATH = '/api/v3';

const PAGE = ['first', 'last', 'cursor'];
const INSTANCE_FILTER = ['status', 'tenant'];
const STEP_ACT = ['reason', 'blocking'];
const BREAKPOINTS = '/workflows/steps/breakpoints';
const WORKFLOW = '/workflows/{id}';
const INSTANCE = '/workflows/{id}/instances/{instance}';
const RUN = '/workflows/{id}/instances/{instance}/runs/{run}';
const ATTEMPT = '/workflows/{id}/instances/{instance}/runs/{run}/steps/{step}/attempts/{attempt}';
const FLATTENED = `/views/flatten${RUN}/steps/{step}`;

/** API_ROUTES are all routes of the API, by the groups of §4 of Maestro's model; docs/openapi.yaml describes each. */
export const API_ROUTES: readonly Route[] = [
  act('POST', '/workflows', pushWorkflowJson),
  act('POST', '/workflows/yaml', pushWorkflowYaml),
  read('/workflows', listWorkflows, ['text', 'owner', 'tag', 'tenant', 'active', ...PAGE]),
  act('DELETE', WORKFLOW, deleteWorkflow),
  read(`${WORKFLOW}/versions/{version}`, getVersion, ['enriched']),
  read(`${WORKFLOW}/versions/pagination`, listVersions, PAGE),
  act('POST', `${WORKFLOW}/properties`, updateProperties),
  act('POST', `${WORKFLOW}/properties/tag`, upsertTag),
  act('DELETE', `${WORKFLOW}/properties/tag/{tag}`, deleteTag),
  read(`${WORKFLOW}/properties-snapshot/{snapshot}`, getProperties),
  read(`${WORKFLOW}/properties-history`, listProperties, PAGE),
  read(`${WORKFLOW}/overview`, getOverview),
  read(`${WORKFLOW}/timeline`, getWorkflowTimeline),

  act('POST', `${WORKFLOW}/versions/{version}/actions/start`, startWorkflow),
  check('PUT', '/workflows/actions/validate', validateWorkflowJson),
  check('PUT', '/workflows/actions/validate/yaml', validateWorkflowYaml),
  act('PUT', `${WORKFLOW}/versions/{version}/actions/activate`, activateWorkflow),
  act('PUT', `${WORKFLOW}/actions/deactivate`, deactivateWorkflow),
  act('PUT', `${WORKFLOW}/actions/stop`, stopWorkflow, ['reason']),
  act('PUT', `${WORKFLOW}/actions/kill`, killWorkflow, ['reason']),
  act('PUT', `${WORKFLOW}/actions/unblock`, unblockWorkflow),
  act('PUT', `${WORKFLOW}/actions/pause`, pauseWorkflow, ['reason']),
  act('PUT', `${WORKFLOW}/actions/resume`, resumeWorkflow, ['reason']),

  read('/instances', listAllInstances, ['workflow', ...INSTANCE_FILTER, ...PAGE]),
  read('/workflows/instances/action-map', getInstanceActionMap),
  read('/workflows/instances/inline-workflow-id', getInlineWorkflowId, ['workflowId', 'instanceId', 'stepId']),
  read(`${INSTANCE}/inline-path`, getInlinePath),
  read(`${WORKFLOW}/instances`, listInstances, [...INSTANCE_FILTER, 'aggregated', ...PAGE]),
  read(INSTANCE, getInstance, ['enriched', 'aggregated']),
  read(`${INSTANCE}/runs`, listRuns, [...INSTANCE_FILTER, ...PAGE]),
  read(RUN, getInstance, ['enriched', 'aggregated']),
  read(`${RUN}/events`, watchRun),
  read(`${RUN}/explain`, explain),
  act('POST', `${INSTANCE}/actions/restart`, restartInstance),
  act('PUT', `${WORKFLOW}/instances/actions/{action}`, actOnInstances, ['status', 'step', 'step_status', 'reason']),
  read('/bulk-jobs/{job}', getBulkJob),
  act('DELETE', '/bulk-jobs/{job}', cancelBulkJob),
  act('PUT', `${INSTANCE}/actions/stop`, stopInstance, ['reason']),
  act('PUT', `${INSTANCE}/actions/kill`, killInstance, ['reason']),
  act('PUT', `${INSTANCE}/actions/unblock`, unblockInstance),
  act('PUT', `${INSTANCE}/actions/pause`, pauseInstance, ['reason']),
  act('PUT', `${INSTANCE}/actions/resume`, resumeInstance, ['reason']),
  act('PUT', `${RUN}/actions/stop`, stopInstance, ['reason']),
  act('PUT', `${RUN}/actions/kill`, killInstance, ['reason']),
  act('PUT', `${RUN}/actions/unblock`, unblockInstance),
  act('PUT', `${RUN}/actions/pause`, pauseInstance, ['reason']),
  act('PUT', `${RUN}/actions/resume`, resumeInstance, ['reason']),
  act('PUT', `${RUN}/actions/unpark`, unparkRun),

  read('/workflows/steps/instances/action-map', getStepActionMap),
  read(`${INSTANCE}/steps`, listSteps, ['enriched']),
  read(`${INSTANCE}/steps/{step}`, getStep, ['enriched']),
  act('POST', `${INSTANCE}/steps/{step}/actions/restart`, restartStep, ['blocking']),
  act('PUT', `${INSTANCE}/steps/{step}/actions/stop`, stopStep, STEP_ACT),
  act('PUT', `${INSTANCE}/steps/{step}/actions/kill`, killStep, STEP_ACT),
  act('PUT', `${INSTANCE}/steps/{step}/actions/skip`, skipStep, STEP_ACT),
  act('PUT', `${INSTANCE}/steps/{step}/actions/bypass`, bypassStep, STEP_ACT),
  act('PUT', `${INSTANCE}/steps/{step}/actions/resume`, resumeStep, STEP_ACT),
  act('POST', BREAKPOINTS, setBreakpoint),
  act('DELETE', BREAKPOINTS, deleteBreakpoint, ['workflowId', 'stepId', 'resume', 'version', 'instance', 'run']),
  read(BREAKPOINTS, listBreakpoints, ['workflowId', 'stepId']),
  read(`${BREAKPOINTS}/paused-step-attempts`, listPausedSteps, ['workflowId', 'stepId']),
  act('PUT', `${BREAKPOINTS}${ATTEMPT.slice('/workflows'.length)}/actions/resume`, resumeStep, STEP_ACT),
  read(`${RUN}/steps`, listSteps, ['enriched']),
  read(`${RUN}/steps/{step}/explain`, explain),
  read(ATTEMPT, getStep, ['enriched']),
  read(`${ATTEMPT}/log`, readLog, ['follow', 'offset', ...LOG_QUERY]),
  read(`${ATTEMPT}/log/events`, watchLog, LOG_QUERY),

  check('PUT', '/output-data', putOutputData),
  check('POST', '/callbacks/{attempt}', callBack, ['token']),

  act('POST', '/webhooks', createWebhook),
  read('/webhooks', listWebhooks),
  act('PUT', '/webhooks/{id}', updateWebhook),
  act('DELETE', '/webhooks/{id}', deleteWebhook),
  act('POST', '/webhooks/{id}/test', testWebhook),
  read('/deliveries', listDeliveries, [...DELIVERY_FILTER, 'state', ...PAGE]),
  act('POST', '/deliveries/retry', retryDeliveries, DELIVERY_FILTER),
  act('POST', '/deliveries/{id}/retry', retryDelivery),
  read('/alerts', listAlerts, ['tenant', 'workflow', 'types', 'states', 'since', 'until', ...PAGE]),
  act('POST', '/alerts/{id}/acknowledge', acknowledgeAlert),
  act('POST', `${WORKFLOW}/alerts/test`, testAlert, ['type']),
  act('POST', '/signals', announceSignal),
  read('/signals', listSignalNames, ['prefix', 'after', 'first']),
  read('/signals/events', watchSignals),
  read('/signals/{name}/events', watchSignal),
  read('/signals/{name}/instances', listSignals, ['match', 'since', 'until', ...PAGE]),
  read('/signals/{name}/instances/{seq}', getSignal),
  read('/signals/{name}/instances/{seq}/lineage', traceSignal),
  read(`${RUN}/signals`, traceRun),
  read(`${WORKFLOW}/signal-graph`, getSignalGraph, ['depth']),
  read(`${WORKFLOW}/signal-triggers`, listSignalTriggers),
  read(`${WORKFLOW}/signal-triggers/explain`, explainSignalTriggers),
  read(`${WORKFLOW}/signal-triggers/{trigger}/explain`, explainSignalTriggers),
  read(`${WORKFLOW}/signal-triggers/firings`, listFirings, ['states', ...PAGE]),

  act('POST', '/job-templates', putJobTemplateJson),
  act('POST', '/job-templates/yaml', putJobTemplateYaml),
  read('/job-templates', listJobTemplates, ['version']),
  read('/job-templates/{type}', getJobTemplate, ['version']),
  act('DELETE', '/job-templates/{type}', deleteJobTemplate, ['version']),

  read('/step-types', listStepTypes),
  read('/step-types/{name}', getStepType),
  act('POST', '/tag-permits', setTagPermit),
  read('/tag-permits', listTagPermits),
  read('/tag-permits/{tag}', getTagPermit),
  act('DELETE', '/tag-permits/{tag}', removeTagPermit),

  read(`${WORKFLOW}/time-triggers`, listTimeTriggers, ['next']),
  read(`${WORKFLOW}/time-triggers/explain`, explainTimeTriggers, ['time']),
  read(`${WORKFLOW}/time-triggers/{trigger}/explain`, explainTimeTriggers, ['time']),
  act('PUT', `${WORKFLOW}/time-triggers/actions/pause`, pauseTimeTrigger),
  act('PUT', `${WORKFLOW}/time-triggers/actions/resume`, resumeTimeTrigger, ['skipMissed']),
  act('POST', `${WORKFLOW}/time-triggers/actions/fire`, fireTimeTrigger, ['time']),
  act('PUT', `${WORKFLOW}/time-triggers/{trigger}/actions/pause`, pauseTimeTrigger),
  act('PUT', `${WORKFLOW}/time-triggers/{trigger}/actions/resume`, resumeTimeTrigger, ['skipMissed']),
  act('POST', `${WORKFLOW}/time-triggers/{trigger}/actions/fire`, fireTimeTrigger, ['time']),

  read(FLATTENED, listIterations, ['statuses', 'loopParams', ...PAGE]),
  read(`${FLATTENED}/iterations/{iteration}`, getIteration),
  read(`${FLATTENED}/summary`, getIterationSummary, ['statusCount', 'representative', 'valueCount']),
  read('/views/compare', compareRuns, ['left', 'right']),

  read('/dev/traces/{trace}', getTrace),
];

/** ROUTES are all paths that the gateway answers. */
export const ROUTES: readonly Route[] = [
  ...API_ROUTES.map((route) => ({ ...route, path: `${BASE_PATH}${route.path}` })),
  { ...check('POST', '/v1/traces', receiveTraces), traced: false },
];
