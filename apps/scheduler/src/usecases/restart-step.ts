import { isTerminalInstance, MaestroError, type ParamDefinitions, type RestartPolicy } from '@maestro/domain';
import { ordinalOf } from '../queries/find-step.js';
import type { RunReference } from '../ports/run-reader.js';
import { checkLatest, latestRun, restartInstance } from './restart-instance.js';
import type { RunWithPlan } from './read-run.js';
import { duplicate, type RestartAsk, type Restarted, type RestartRunDeps } from './restart-run.js';
import { restartStepInRun } from './restart-step-in-run.js';
import { restartInlineRoot } from './restart-inline-root.js';
import { repeatedAbove, rootOf } from './restart-upwards.js';
import { checkRequestId } from './start-workflow.js';

/** StepRestartRequest is a restart of one step and what follows it. */
export interface StepRestartRequest extends RestartAsk {
  readonly run: RunReference;
  readonly stepId: string;
  readonly downstreamPolicy: RestartPolicy;
  readonly stepParams: ParamDefinitions;
  /** Not the step alone, but the whole instance that the loops around it are in. */
  readonly inlineRoot: boolean;
}

/** RestartedStep is the run that runs the step again, and its attempt; 0 = not created yet. */
export interface RestartedStep extends Restarted {
  readonly stepId: string;
  readonly attempt: number;
}

/** restartStep runs a step again: within the run while that goes on, else by a new run of its instance. Throws STEP_NOT_FOUND and as restartInstance. */
export async function restartStep(deps: RestartRunDeps, request: StepRestartRequest): Promise<RestartedStep> {
  const { run, stepId, stepParams } = request;
  if (stepId === '') {
    const violations = [{ path: 'step_id', message: 'is required' }];
    throw new MaestroError('INVALID_REQUEST', 'The request does not say which step to restart.', { violations });
  }
  const found = await latestRun(deps, run);
  ordinalOf(found.plan, stepId);
  checkRequestId(request.requestId);
  if (request.inlineRoot) return { ...(await restartInlineRoot(deps, found, request)), stepId, attempt: 0 };
  if (!isTerminalInstance(found.run.header.status)) return { ...(await withinRun(deps, found, request)), stepId };
  const given = Object.keys(stepParams).length > 0;
  const restarted = await restartInstance(deps, {
    ...request,
    policy: 'RESTART_FROM_SPECIFIC',
    params: {},
    stepParams: given ? { [stepId]: stepParams } : {},
    skipSteps: [],
  });
  return { ...restarted, stepId: restarted.stepId ?? stepId, attempt: restarted.attempt ?? 0 };
}

/** A repeated request that had made a new run finds that run under way. */
async function withinRun(
  deps: RestartRunDeps,
  found: RunWithPlan,
  request: StepRestartRequest,
): Promise<Restarted & { readonly attempt: number }> {
  const { run, stepId, stepParams, downstreamPolicy } = request;
  const known = await duplicate(deps, (await rootOf(deps, found)).run, request);
  if (known !== undefined) return { ...known, attempt: 0 };
  const repeated = await repeatedAbove(deps, found, request);
  if (repeated !== undefined) return { ...repeated, attempt: repeated.attempt ?? 0 };
  checkLatest(run, found);
  const below = { path: [], policy: downstreamPolicy, downstreamPolicy, params: {}, stepParams: {}, skipSteps: [] };
  return restartStepInRun(deps, found, stepId, request, { params: stepParams, below });
}
