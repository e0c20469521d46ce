import type { EngineEvent } from '../event.js';
import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { StepState } from '../state.js';
import { CERTAIN_AFTER_MILLIS } from '../timing.js';
import type { WorkingStep } from '../working-step.js';
import { currentAttempt } from './current-attempt.js';

type AttemptClaimed = Extract<EngineEvent, { type: 'attempt-claimed' }>;

/**
 * mayRunElsewhere: of a first dispatch that was delivered twice, the first delivery may be running without a claim. Who asks before it
 * begins has to wait until that is over, or until the runner has asked itself. What outlives its executor never runs without one:
 * its executors do not say `beforeStart`. The type of a step alone does not tell: a notebook may be a process.
 */
function mayRunElsewhere({ dispatch, dispatchedAt, claimedBy }: StepState, event: AttemptClaimed): boolean {
  if (event.beforeStart !== true || dispatch !== 1 || claimedBy !== undefined || dispatchedAt === undefined)
    return false;
  return event.at < dispatchedAt + CERTAIN_AFTER_MILLIS;
}

/**
 * onAttemptClaimed grants an attempt to the first executor that asks. The asker of a cancelled one is remembered as well: it may have
 * begun without a claim, so its answer, or the end of its lease, is what ends the attempt.
 */
export function onAttemptClaimed(draft: Draft, event: AttemptClaimed): Verdict {
  const claimed = currentAttempt(draft, event);
  if (!claimed) return 'ended';
  if (mayRunElsewhere(claimed, event)) return 'later';
  if (claimed.claimedBy === undefined) grant(draft, draft.edit(event.ordinal), event);
  else if (claimed.claimedBy !== event.executorId) return 'held';
  return claimed.cancelling ? 'cancelled' : 'accepted';
}

function grant(draft: Draft, step: WorkingStep, event: AttemptClaimed): void {
  step.claimedBy = event.executorId;
  if (step.status === 'STARTING' && !step.cancelling) draft.move(step, 'RUNNING', event.at);
}
