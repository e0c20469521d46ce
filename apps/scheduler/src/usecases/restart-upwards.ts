import { isTerminalInstance, type Ancestor, type RestartConfig } from '@maestro/domain';
import type { RunHeader } from '@maestro/engine';
import { readRunWithPlan, type RunWithPlan } from './read-run.js';
import { restartRun, type RestartAsk, type Restarted, type RestartRunDeps } from './restart-run.js';
import { restartStepInRun } from './restart-step-in-run.js';

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
    return { ...(await restartStepInRun(deps, above, stepId, ask, { params: {}, below: config })), stepId };
  }
  return restartUpwards(deps, above, { ...config, path: [...config.path, { workflowId, instanceId, stepId }] }, ask);
}

/** parentOf is the step that waits for a run; one that does not wait has let it go. */
export function parentOf({ initiator }: Pick<RunHeader, 'initiator'>): Ancestor | undefined {
  const parent = 'ancestors' in initiator ? initiator.ancestors.at(-1) : undefined;
  return parent?.sync === false ? undefined : parent;
}

/** rootOf is the run whose request ids tell whether a restart has been made before. */
export async function rootOf(deps: RestartRunDeps, found: RunWithPlan): Promise<RunWithPlan> {
  const parent = parentOf(found.run.header);
  if (parent === undefined) return found;
  const { workflowId, instanceId } = parent;
  return rootOf(deps, await readRunWithPlan(deps, { workflowId, instanceId, runId: 0n }));
}
