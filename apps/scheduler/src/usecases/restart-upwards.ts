import { isTerminalInstance, type Ancestor, type RestartConfig } from '@maestro/domain';
import { leavesOf, previousRun, type EndedIteration, type RunHeader } from '@maestro/engine';
import { latestAttempts } from '../queries/latest-attempts.js';
import { readRunWithPlan, type RunWithPlan } from './read-run.js';
import { restartRun, type RestartAsk, type Restarted, type RestartRunDeps } from './restart-run.js';
import { isRepeated, restartStepInRun } from './restart-step-in-run.js';

/** RestartedAbove is the run that goes on or begins; of a step that begins again within its run, the step and its attempt. */
export interface RestartedAbove extends Restarted {
  readonly stepId?: string;
  readonly attempt?: number;
}

/**
 * restartUpwards restarts an instance by what started it: the path grows up to the first ancestor that is still running, whose step begins
 * again within its run, or to the root, which gets a new run that walks down the path (specification §4.7).
 */
export async function restartUpwards(
  deps: RestartRunDeps,
  found: RunWithPlan,
  config: RestartConfig,
  ask: RestartAsk,
): Promise<RestartedAbove> {
  const parent = parentOf(found.run.header);
  if (parent === undefined) return restartRun(deps, found, config, ask);
  const { workflowId, instanceId, stepId } = parent;
  const above = await readRunWithPlan(deps, { workflowId, instanceId, runId: 0n });
  if (!isTerminalInstance(above.run.header.status)) {
    const iteration = endedIteration(found);
    const restart = { params: {}, below: config, ...(iteration === undefined ? {} : { iteration }) };
    return { ...(await restartStepInRun(deps, above, stepId, ask, restart)), stepId };
  }
  return restartUpwards(deps, above, { ...config, path: [...config.path, { workflowId, instanceId, stepId }] }, ask);
}

/** An iteration may run again by itself while its loop goes on. */
function endedIteration({ run: { header, attempts, earlier }, plan }: RunWithPlan): EndedIteration | undefined {
  if (header.parent?.index === undefined) return undefined;
  const steps = previousRun(plan, header, attempts, earlier).steps;
  const rollup = leavesOf(header.counts, plan, (ordinal) => steps.get(ordinal)?.step);
  return { index: header.parent.index, runId: Number(header.runId), status: header.status, rollup };
}

/** parentOf is the step that waits for a run; one that does not wait has let it go. */
export function parentOf({ initiator }: Pick<RunHeader, 'initiator'>): Ancestor | undefined {
  const parent = 'ancestors' in initiator ? initiator.ancestors.at(-1) : undefined;
  return parent?.sync === false ? undefined : parent;
}

/** repeatedAbove is the answer to a request that has restarted the step of an ancestor before; undefined when it has not. */
export async function repeatedAbove(
  deps: RestartRunDeps,
  found: RunWithPlan,
  ask: RestartAsk,
): Promise<RestartedAbove | undefined> {
  const parent = parentOf(found.run.header);
  if (parent === undefined) return undefined;
  const { workflowId, instanceId, stepId } = parent;
  const above = await readRunWithPlan(deps, { workflowId, instanceId, runId: 0n });
  const step = latestAttempts(above.run.attempts).get(above.plan.ordinals.get(stepId) ?? -1);
  if (step === undefined || !isRepeated(step, ask)) return repeatedAbove(deps, above, ask);
  const { runId, version } = above.run.header;
  const place = { workflowId, instanceId, runId, version, stepId, attempt: step.attempt };
  return { ...place, status: 'DUPLICATED', requestDiffers: false, stale: false };
}

/** rootOf is the run whose request ids tell whether a restart has been made before. */
export async function rootOf(deps: RestartRunDeps, found: RunWithPlan): Promise<RunWithPlan> {
  const parent = parentOf(found.run.header);
  if (parent === undefined) return found;
  const { workflowId, instanceId } = parent;
  return rootOf(deps, await readRunWithPlan(deps, { workflowId, instanceId, runId: 0n }));
}
