import { isCompleteStep } from '@maestro/domain';
import type { Plan } from '../plan.js';
import { restoreState } from '../run-state.js';
import type { RunHeader, RunState, StepState } from '../state.js';
import type { PreviousRun } from './previous-run.js';

/** restartedState is a restarted run before its launch: what earlier runs have done is there, and nothing else. */
export function restartedState(plan: Plan, header: RunHeader, previous: PreviousRun): RunState {
  const steps = (header.restart?.inherited ?? []).flatMap(({ ordinal, runKey, runId, taken }): StepState[] => {
    const id = plan.steps[ordinal]?.id ?? '';
    const step = previous.steps.get(previous.plan.ordinals.get(id) ?? -1)?.step;
    if (step === undefined || !isCompleteStep(step.status)) return [];
    return [{ ...step, ordinal, inherited: { runKey, runId }, ...(taken === undefined ? {} : { taken }) }];
  });
  return restoreState(plan, header, steps);
}
