import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { foldMatches, waitingAttempt } from '../signals/fold-matches.js';

type Opened = Extract<EngineEvent, { type: 'waits-opened' }>;

/** onWaitsOpened: from now on the signal service tells what comes. */
export function onWaitsOpened(draft: Draft, { ordinal, attempt, matched, at }: Opened): Verdict {
  if (!waitingAttempt(draft, ordinal, attempt)?.unanswered) return 'ended';
  const step = draft.edit(ordinal);
  step.unanswered = undefined;
  step.dueAt = undefined;
  return foldMatches(draft, step, matched, at);
}
