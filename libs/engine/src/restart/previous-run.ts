import type { WorkflowInstanceStatus } from '@maestro/domain';
import type { Plan } from '../plan.js';
import type { RunHeader, StepState } from '../state.js';
import { aggregatedStatus } from './aggregate.js';
import type { RunPointer, TakenStep } from './restart-state.js';

/** PreviousRun is the latest run of an instance with all that earlier runs left to it. */
export interface PreviousRun {
  readonly plan: Plan;
  readonly header: RunHeader;
  /** The latest attempt of each step that any run of the instance created, by its ordinal in `plan`. */
  readonly steps: ReadonlyMap<number, PreviousStep>;
  /** Of the aggregated view. */
  readonly status: WorkflowInstanceStatus;
}

/** PreviousStep is an attempt and where it is. */
export interface PreviousStep extends RunPointer {
  readonly step: StepState;
}

/** FoundStep is a stored attempt of some run. */
export interface FoundStep {
  readonly runKey: RunPointer['runKey'];
  readonly step: StepState;
}

/** takenSteps are the steps that a run points at, as that run sees them; pointers whose row is gone are left out. */
export function takenSteps(pointers: readonly TakenStep[], found: readonly FoundStep[]): PreviousStep[] {
  const rows = new Map<string, StepState>();
  for (const { runKey, step } of found) {
    const key = `${runKey}/${step.ordinal}`;
    if ((rows.get(key)?.attempt ?? 0) < step.attempt) rows.set(key, step);
  }
  return pointers.flatMap(({ ordinal, runKey, runId, there = ordinal, taken }) => {
    const row = rows.get(`${runKey}/${there}`);
    if (row === undefined) return [];
    const step = { ...row, ordinal, inherited: { runKey, runId }, ...(taken === undefined ? {} : { taken }) };
    return [{ runKey, runId, step }];
  });
}

/** previousRun puts a run's own attempts over those of the runs before it. `earlier` as takenSteps answers it. */
export function previousRun(
  plan: Plan,
  header: RunHeader,
  own: Iterable<StepState>,
  earlier: readonly PreviousStep[],
): PreviousRun {
  const { runKey, runId } = header;
  const steps = new Map(earlier.map((each) => [each.step.ordinal, each]));
  for (const step of own) {
    const known = steps.get(step.ordinal);
    if (known?.runKey !== runKey || known.step.attempt < step.attempt) steps.set(step.ordinal, { runKey, runId, step });
  }
  return { plan, header, steps, status: aggregatedStatus(plan, header, steps) };
}
