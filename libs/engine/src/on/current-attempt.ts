import type { Draft } from '../draft.js';
import type { DispatchRef } from '../event.js';
import type { StepState } from '../state.js';
import { isHandedOut } from '../working-step.js';

/** currentAttempt is the attempt that an executor speaks of, if that very dispatch of it is still under way; else it is late. */
export function currentAttempt(draft: Draft, ref: DispatchRef): StepState | undefined {
  const step = draft.step(ref.ordinal);
  if (!step || step.attempt !== ref.attempt || step.dispatch !== ref.dispatch) return undefined;
  return isHandedOut(step) ? step : undefined;
}
