import type { RestartConfig } from '@maestro/domain';
import type { Plan } from '../plan.js';
import type { RunHeader, StepState } from '../state.js';
import { rerunOf, runIdOf } from '../loop/reruns.js';
import { restartBelow } from './restart-below.js';
import { stepParamsOf } from './step-params.js';
import type { RestartState } from './restart-state.js';

/**
 * restartOfIteration is what an iteration that runs again knows of its runs before. What it takes over from them is found out when it is
 * launched (`pending`); one that has never run begins afresh.
 */
export function restartOfIteration(
  body: Plan,
  header: RunHeader,
  planStep: Plan['steps'][number],
  step: StepState,
  index: number,
): RestartState | undefined {
  const rerun = rerunOf(step, index);
  const below = rerun?.config ?? restartBelow(header, planStep, step);
  if (below === undefined || (rerun === undefined && index >= (step.loop?.known ?? 0))) return undefined;
  const node = below.path.at(-1);
  const config = node !== undefined && Number(node.instanceId) - 1 === index ? below : beside(below);
  const by = rerun?.by ?? step.restart?.by ?? header.restart?.by ?? 'maestro';
  const isFromBeginning = config.path.length === 0 && config.downstreamPolicy === 'RESTART_FROM_BEGINNING';
  const previous = { runKey: 0n, runId: BigInt(runIdOf(step, index) - 1), status: 'FAILED' } as const;
  const nothing = { roots: body.roots, inherited: [], left: [] };
  const stepParams = { ...config.iterationStepParams, ...stepParamsOf(undefined, config) };
  return { config, stepParams, by, ...nothing, previous, ...(isFromBeginning ? {} : { pending: true }) };
}

function beside(below: RestartConfig): RestartConfig {
  return { ...below, path: [], params: {}, stepParams: {}, skipSteps: [] };
}
