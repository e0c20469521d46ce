import type { EngineEvent } from '../event.js';
import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import { currentAttempt } from './current-attempt.js';

type AttemptProgressed = Extract<EngineEvent, { type: 'attempt-progressed' }>;

/** onAttemptProgressed keeps what an attempt tells while it runs. */
export function onAttemptProgressed(draft: Draft, event: AttemptProgressed): Verdict {
  const step = currentAttempt(draft, event);
  if (!step) return 'ended';
  if (event.artifacts) draft.edit(event.ordinal).artifacts = { ...step.artifacts, ...event.artifacts };
  for (const entry of event.timeline) draft.note(entry, step);
  return step.cancelling ? 'cancelled' : 'accepted';
}
