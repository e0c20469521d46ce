import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { foldMatches, waitingAttempt } from '../signals/fold-matches.js';

type Matched = Extract<EngineEvent, { type: 'signals-matched' }>;

/** onSignalsMatched frees an attempt that waits; it may come before `waits-opened`, which then finds nothing new. */
export function onSignalsMatched(draft: Draft, { ordinal, attempt, matched, at }: Matched): Verdict {
  if (!waitingAttempt(draft, ordinal, attempt)?.signals) return 'ended';
  return foldMatches(draft, draft.edit(ordinal), matched, at);
}
