import type { Draft } from '../draft.js';
import type { DispatchRef } from '../event.js';
import { isHandedOut, type WorkingStep } from '../working-step.js';

/** currentAttempt is the attempt that an executor speaks of, if that very dispatch of it is still under way; else it is late. */
export function currentAttempt(draft: Draft, ref: DispatchRef): WorkingStep | undefined {
  const step = draft.step(ref.ordinal);
  if (!step || step.attempt !== ref.attempt || step.dispatch !== ref.dispatch) return undefined;
  return isHandedOut(step) ? draft.edit(ref.ordinal) : undefined;
}
