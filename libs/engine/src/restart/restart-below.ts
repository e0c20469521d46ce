import type { RestartConfig } from '@maestro/domain';
import type { PlanStep } from '../plan.js';
import type { ChildState, RunHeader, StepState } from '../state.js';

/**
 * restartBelow is what a restart means for the runs that a step starts: on its path the path goes on, beside and below it they restart by
 * the downstream policy. Undefined: they start afresh.
 */
export function restartBelow(
  { restart }: Pick<RunHeader, 'restart'>,
  { id }: Pick<PlanStep, 'id'>,
  step: Pick<StepState, 'restart'>,
): RestartConfig | undefined {
  if (step.restart) return step.restart.below;
  if (restart === undefined) return undefined;
  const { config } = restart;
  const leadsHere = config.path.length > 1 && config.path.at(-1)?.stepId === id;
  return leadsHere ? { ...config, path: config.path.slice(0, -1) } : belowTarget(config);
}

/** What was meant for the target itself does not go further down. */
function belowTarget(config: RestartConfig): RestartConfig {
  return { ...config, path: [], params: {}, stepParams: {}, skipSteps: [] };
}

/** childBefore is the run that an earlier attempt of a subworkflow step started. */
export function childBefore(
  { restart }: Pick<RunHeader, 'restart'>,
  step: Pick<StepState, 'ordinal' | 'restart'>,
): ChildState | undefined {
  return step.restart?.child ?? restart?.children?.find(({ ordinal }) => ordinal === step.ordinal)?.child;
}
