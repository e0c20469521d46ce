import type { Millis } from '@maestro/domain';
import type { Draft } from '../draft.js';
import { rest, type WorkingStep } from '../working-step.js';

/** CompleteStatus is how a step may be complete: its successors proceed. */
export type CompleteStatus = 'SUCCEEDED' | 'COMPLETED_WITH_ERROR' | 'UNSATISFIED' | 'SKIPPED';

/** complete ends a step and tells its successors; those that waited for it alone may begin. */
export function complete(
  draft: Draft,
  step: WorkingStep,
  status: CompleteStatus,
  taken: readonly number[],
  at: Millis,
): void {
  rest(step);
  step.taken = taken;
  draft.move(step, status, at);
  const { successors } = draft.planStep(step.ordinal);
  const all = taken.length === successors.length;
  const chosen = all ? undefined : new Set(taken);
  for (const { to } of successors) {
    const join = draft.arrive(to, chosen === undefined || chosen.has(to));
    if (join.arrived === draft.planStep(to).predecessors.length) draft.ready.push(to);
  }
}
