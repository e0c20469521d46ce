import type { EngineEvent } from '../event.js';
import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import { currentAttempt } from './current-attempt.js';

type AttemptClaimed = Extract<EngineEvent, { type: 'attempt-claimed' }>;

/**
 * onAttemptClaimed grants an attempt to the first executor that asks. The asker of a cancelled one is remembered as well: it may have
 * begun without a claim, so its answer, or the end of its lease, is what ends the attempt.
 */
export function onAttemptClaimed(draft: Draft, event: AttemptClaimed): Verdict {
  const step = currentAttempt(draft, event);
  if (!step) return 'ended';
  if (step.claimedBy !== undefined && step.claimedBy !== event.executorId) return 'held';
  step.claimedBy = event.executorId;
  if (step.cancelling) return 'cancelled';
  if (step.status === 'STARTING') draft.move(step, 'RUNNING', event.at);
  return 'accepted';
}
