import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { currentAttempt } from './current-attempt.js';

type AttemptReleased = Extract<EngineEvent, { type: 'attempt-released' }>;

/** onAttemptReleased publishes an attempt that waited for room in its pool. */
export function onAttemptReleased(draft: Draft, event: AttemptReleased): Verdict {
  const waiting = currentAttempt(draft, event);
  if (!waiting || waiting.cancelling || waiting.dispatchedAt !== undefined) return 'ended';
  draft.edit(event.ordinal).dispatchedAt = event.at;
  const { ordinal, attempt, dispatch } = waiting;
  draft.commands.push({ type: 'dispatch-attempt', ordinal, attempt, dispatch });
  return 'accepted';
}
