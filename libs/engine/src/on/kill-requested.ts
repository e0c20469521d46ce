import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { endOnRequest } from './end-requested.js';

/** onKillRequested: the run ends FAILED, whatever the failure modes of its steps. */
export function onKillRequested(draft: Draft, event: Extract<EngineEvent, { type: 'kill-requested' }>): Verdict {
  return endOnRequest(draft, event, 'FAILED', 'KILL');
}
