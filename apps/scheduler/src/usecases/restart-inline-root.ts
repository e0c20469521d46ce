import { isTerminalInstance, type RestartConfig } from '@maestro/domain';
import { readRunWithPlan, type RunWithPlan } from './read-run.js';
import { checkLatest } from './restart-instance.js';
import { duplicate, stillRunning, type Restarted, type RestartRunDeps } from './restart-run.js';
import type { StepRestartRequest } from './restart-step.js';
import { parentOf, restartUpwards, rootOf } from './restart-upwards.js';

/**
 * restartInlineRoot restarts, for a step inside of loops, the whole instance around them; what is changed of the step's params holds in
 * all iterations (specification §4.7). Throws INVALID_STATE unless the run of the step has ended.
 */
export async function restartInlineRoot(
  deps: RestartRunDeps,
  found: RunWithPlan,
  request: StepRestartRequest,
): Promise<Restarted> {
  const known = await duplicate(deps, (await rootOf(deps, found)).run, request);
  if (known !== undefined) return known;
  checkLatest(request.run, found);
  if (!isTerminalInstance(found.run.header.status)) throw stillRunning(found.run);
  const around = await withoutLoops(deps, found);
  return restartUpwards(deps, around, configOf(around, request, around === found), request);
}

/** The nearest instance around a run that is no iteration. */
async function withoutLoops(deps: RestartRunDeps, found: RunWithPlan): Promise<RunWithPlan> {
  const parent = found.run.header.body === undefined ? undefined : parentOf(found.run.header);
  if (parent === undefined) return found;
  const { workflowId, instanceId } = parent;
  return withoutLoops(deps, await readRunWithPlan(deps, { workflowId, instanceId, runId: 0n }));
}

function configOf(
  { run: { header } }: RunWithPlan,
  { stepId, stepParams, downstreamPolicy }: StepRestartRequest,
  isOwn: boolean,
): RestartConfig {
  const { workflowId, instanceId } = header;
  const given = Object.keys(stepParams).length > 0 ? { [stepId]: stepParams } : {};
  return {
    path: [{ workflowId, instanceId }],
    policy: downstreamPolicy,
    downstreamPolicy,
    params: {},
    stepParams: isOwn ? given : {},
    ...(isOwn ? {} : { iterationStepParams: given }),
    skipSteps: [],
  };
}
