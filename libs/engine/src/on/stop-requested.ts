import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { endOnRequest } from './end-requested.js';

/** onStopRequested: the run ends STOPPED. */
export function onStopRequested(draft: Draft, event: Extract<EngineEvent, { type: 'stop-requested' }>): Verdict {
  return endOnRequest(draft, event, 'STOPPED', 'STOP');
}
