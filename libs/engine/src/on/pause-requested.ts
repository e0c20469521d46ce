import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { moveRun } from '../move-run.js';
import { tellBelow } from '../tell-below.js';

type Requested = Extract<EngineEvent, { type: 'pause-requested' }>;

/** onPauseRequested: nothing new begins in the run and the runs below it; attempts under way go on to their end. */
export function onPauseRequested(draft: Draft, event: Requested): Verdict {
  const { status, ending } = draft.header;
  if (status === 'PAUSED') return 'accepted';
  if (status !== 'IN_PROGRESS' || ending) return 'ended';
  const { at, by, reason } = event;
  moveRun(draft, 'PAUSED');
  draft.note({ type: 'ACTION', timestamp: at, action: 'PAUSE', author: by, reason });
  tellBelow(draft, event);
  return 'accepted';
}
