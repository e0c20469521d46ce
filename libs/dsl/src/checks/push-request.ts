import { MAX_INSTANCE_STEP_CONCURRENCY, MAX_NAME_LENGTH, type PushRequest, type Workflow } from '@maestro/domain';
import { child, pathOf, type Path } from '../reading/path.js';
import type { Problems } from '../reading/problems.js';
import { checkLength, checkRange, checkText, note, workflowIdProblem } from './identifiers.js';
import { checkParams } from './params.js';
import { checkTimeout } from './parsable.js';
import { checkProperties } from './properties.js';
import { checkSteps } from './steps.js';
import { checkTags } from './tags.js';
import { checkSignalTriggers, checkTimeTriggers } from './triggers.js';

function checkWorkflow(workflow: Workflow, path: Path, problems: Problems, stepTypes: ReadonlySet<string>): void {
  note(workflowIdProblem(workflow.id), child(path, 'id'), problems);
  checkLength(workflow.name, MAX_NAME_LENGTH, child(path, 'name'), problems);
  checkText(workflow.description, child(path, 'description'), problems);
  checkTags(workflow.tags, child(path, 'tags'), problems);
  checkTimeout(workflow.timeout, child(path, 'timeout'), problems);
  checkTimeTriggers(workflow.timeTriggers, child(path, 'time_triggers'), problems);
  checkSignalTriggers(workflow.signalTriggers, child(path, 'signal_triggers'), problems);
  const concurrency = child(path, 'instance_step_concurrency');
  checkRange(workflow.instanceStepConcurrency, [1, MAX_INSTANCE_STEP_CONCURRENCY], concurrency, problems);
  checkParams(workflow.params, child(path, 'params'), problems);
  checkSteps(workflow.steps, child(path, 'steps'), problems, stepTypes);
}

/** checkPushRequest notes everything about a request that types alone do not rule out. */
export function checkPushRequest(request: PushRequest, problems: Problems, stepTypes: ReadonlySet<string>): void {
  if (request.properties !== undefined) checkProperties(request.properties, pathOf('properties'), problems);
  checkWorkflow(request.workflow, pathOf('workflow'), problems, stepTypes);
}
