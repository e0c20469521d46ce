import { STEP_ACTION_MAP, type Millis, type StepAction } from '@maestro/domain';
import type { Draft } from '../draft.js';
import type { StepAct } from '../event.js';
import type { StepState } from '../state.js';

/** actedOn is the attempt that a person acts on, if the act fits its status; nothing can be done to steps of a run that is ending. */
export function actedOn(draft: Draft, { ordinal, attempt }: StepAct, action: StepAction): StepState | undefined {
  const step = draft.step(ordinal);
  if (!step || draft.header.ending || step.attempt !== (attempt ?? step.attempt)) return undefined;
  return STEP_ACTION_MAP[step.status].includes(action) ? step : undefined;
}

/** noteAct tells the timeline of the step's latest attempt who did what to it, and why. */
export function noteAct(draft: Draft, { ordinal, by, reason }: StepAct, action: StepAction, at: Millis): void {
  draft.note({ type: 'ACTION', timestamp: at, action, author: by, reason }, draft.step(ordinal));
}
