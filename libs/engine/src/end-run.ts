import type { Millis } from '@maestro/domain';
import { cancelStep } from './cancel.js';
import type { Draft } from './draft.js';
import type { Ending } from './state.js';

const STRENGTH: Readonly<Record<Ending['status'], number>> = { STOPPED: 1, TIMED_OUT: 2, FAILED: 3 };

/**
 * endRun brings the whole run to an end: nothing new begins, and all that is under way is cancelled. A stronger ending replaces a
 * weaker one; false = this one is not stronger.
 */
export function endRun(draft: Draft, ending: Ending, at: Millis): boolean {
  const before = draft.header.ending;
  if (before && STRENGTH[before.status] >= STRENGTH[ending.status]) return false;
  draft.editHeader().ending = ending;
  draft.ready.length = 0;
  const target = ending.status === 'TIMED_OUT' ? 'TIMED_OUT' : 'STOPPED';
  for (const ordinal of draft.underWay()) cancelStep(draft, ordinal, target, ending.reason, at);
  return true;
}
