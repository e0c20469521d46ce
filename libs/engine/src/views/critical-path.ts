import type { Millis } from '@maestro/domain';
import type { Plan } from '../plan.js';
import type { StepState } from '../state.js';

type Steps = ReadonlyMap<number, StepState>;

/**
 * criticalPath is the steps that a run's duration follows from, first to last: from the step that ended last (or goes on) back to the
 * predecessor that each had to wait for longest. Steps that earlier runs did took none of this run's time.
 */
export function criticalPath(plan: Plan, steps: Steps): readonly number[] {
  const path: number[] = [];
  let at = latest([...steps.keys()], steps);
  while (at !== undefined) {
    path.unshift(at);
    at = latest(plan.steps[at]?.predecessors ?? [], steps);
  }
  return path;
}

/** The one that ended last; one that goes on is later than all that have ended, the one begun last before others that do. */
function latest(ordinals: readonly number[], steps: Steps): number | undefined {
  let found: { readonly ordinal: number; readonly end: Millis; readonly begin: Millis } | undefined;
  for (const ordinal of ordinals) {
    const step = steps.get(ordinal);
    if (step === undefined || step.inherited !== undefined) continue;
    const [end, begin] = [step.times.end ?? Infinity, step.times.create ?? 0];
    if (!found || end > found.end || (end === found.end && begin >= found.begin)) found = { ordinal, end, begin };
  }
  return found?.ordinal;
}
