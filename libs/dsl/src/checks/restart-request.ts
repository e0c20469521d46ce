import { MAX_ID_LENGTH, type InstanceRestartBody, type StepRestartBody } from '@maestro/domain';
import { pathOf } from '../reading/path.js';
import type { Problems } from '../reading/problems.js';
import { checkLength } from './identifiers.js';
import { checkRunParams } from './start-request.js';

function checkRequestId(requestId: string, problems: Problems): void {
  const id = pathOf('request_id');
  if (requestId === '') problems.add(id, 'must not be empty');
  checkLength(requestId, MAX_ID_LENGTH, id, problems);
}

/** checkInstanceRestart: what a caller may pass to the next run of an instance. */
export function checkInstanceRestart(body: InstanceRestartBody, problems: Problems): void {
  checkRequestId(body.requestId, problems);
  checkRunParams(body.runParams ?? {}, pathOf('run_params'), problems);
  for (const [step, params] of Object.entries(body.stepRunParams ?? {}))
    checkRunParams(params, pathOf('step_run_params', step), problems);
}

/** checkStepRestart: what a caller may pass to the restart of a step. */
export function checkStepRestart(body: StepRestartBody, problems: Problems): void {
  checkRequestId(body.requestId, problems);
  checkRunParams(body.stepRunParams ?? {}, pathOf('step_run_params'), problems);
}
