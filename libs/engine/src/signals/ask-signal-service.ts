import type { Millis } from '@maestro/domain';
import type { Draft } from '../draft.js';
import { START_REPEAT_MILLIS } from '../timing.js';
import type { WorkingStep } from '../working-step.js';

/** askSignalService has the signal service wait, or announce, for an attempt; it is asked until it has answered. */
export function askSignalService(draft: Draft, step: WorkingStep, at: Millis): void {
  const { ordinal, attempt } = step;
  step.unanswered = true;
  draft.commands.push({ type: step.status === 'FINISHING' ? 'announce' : 'open-waits', ordinal, attempt });
  draft.setDue(step, at + START_REPEAT_MILLIS);
}
