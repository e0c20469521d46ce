import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { goesOnAlone } from '../phases/goes-on-alone.js';
import { currentAttempt } from './current-attempt.js';

type AttemptReleased = Extract<EngineEvent, { type: 'attempt-released' }>;

/**
 * onAttemptReleased asks again to publish an attempt that waited for room in its pool. The attempt is part of the change, so that the
 * shell can note on it that it did.
 */
export function onAttemptReleased(draft: Draft, event: AttemptReleased): Verdict {
  const waiting = currentAttempt(draft, event);
  const known = waiting?.dispatchedAt ?? waiting?.claimedBy;
  if (!waiting || known !== undefined) return 'ended';
  // What goes on by itself is stopped by the executor that takes it over.
  if (waiting.cancelling && !goesOnAlone(draft, waiting)) return 'ended';
  draft.edit(event.ordinal);
  const { ordinal, attempt, dispatch } = waiting;
  draft.commands.push({ type: 'dispatch-attempt', ordinal, attempt, dispatch });
  return 'accepted';
}
