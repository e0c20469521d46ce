import type { Millis } from '@maestro/domain';
import type { Draft } from '../draft.js';
import { START_REPEAT_MILLIS } from '../timing.js';
import type { WorkingStep } from '../working-step.js';

/** askForChild asks until it is answered: a request that was lost is repeated under the same id. */
export function askForChild(draft: Draft, step: WorkingStep, at: Millis): void {
  draft.commands.push({ type: 'start-child', ordinal: step.ordinal, attempt: step.attempt });
  draft.setDue(step, at + START_REPEAT_MILLIS);
}
