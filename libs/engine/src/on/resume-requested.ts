import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { moveRun } from '../move-run.js';
import { tellBelow } from '../tell-below.js';

type Requested = Extract<EngineEvent, { type: 'resume-requested' }>;

/** onResumeRequested: what was held while the run was paused begins now, in its order; timers that were due meanwhile fire at once. */
export function onResumeRequested(draft: Draft, event: Requested): Verdict {
  const { status, ending } = draft.header;
  if (status === 'IN_PROGRESS') return 'accepted';
  if (status !== 'PAUSED' || ending) return 'ended';
  const { at, by, reason } = event;
  moveRun(draft, 'IN_PROGRESS');
  draft.note({ type: 'ACTION', timestamp: at, action: 'RESUME', author: by, reason });
  for (const ordinal of draft.underWay()) {
    const dueAt = draft.step(ordinal)?.dueAt;
    if (dueAt !== undefined) draft.arm(Math.max(dueAt, at));
  }
  tellBelow(draft, event);
  return 'accepted';
}
