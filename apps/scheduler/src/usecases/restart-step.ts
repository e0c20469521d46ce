import { MaestroError, type ParamDefinitions, type RestartPolicy } from '@maestro/domain';
import { ordinalOf } from '../queries/find-step.js';
import type { RunReference } from '../ports/run-reader.js';
import { latestRun, restartInstance } from './restart-instance.js';
import type { RestartAsk, Restarted, RestartRunDeps } from './restart-run.js';

/** StepRestartRequest is a restart of one step and what follows it. */
export interface StepRestartRequest extends RestartAsk {
  readonly run: RunReference;
  readonly stepId: string;
  readonly downstreamPolicy: RestartPolicy;
  readonly stepParams: ParamDefinitions;
}

/** RestartedStep is the run that runs the step again, and its attempt; 0 = not created yet. */
export interface RestartedStep extends Restarted {
  readonly stepId: string;
  readonly attempt: number;
}

/** restartStep runs a step again by a new run of its instance. Throws STEP_NOT_FOUND and as restartInstance. */
export async function restartStep(deps: RestartRunDeps, request: StepRestartRequest): Promise<RestartedStep> {
  const { run, stepId, stepParams } = request;
  if (stepId === '') {
    const violations = [{ path: 'step_id', message: 'is required' }];
    throw new MaestroError('INVALID_REQUEST', 'The request does not say which step to restart.', { violations });
  }
  const found = await latestRun(deps, run);
  ordinalOf(found.plan, stepId);
  const given = Object.keys(stepParams).length > 0;
  const restarted = await restartInstance(deps, {
    ...request,
    policy: 'RESTART_FROM_SPECIFIC',
    params: {},
    stepParams: given ? { [stepId]: stepParams } : {},
    skipSteps: [],
  });
  return { ...restarted, stepId, attempt: 0 };
}
