import type { Millis } from '@maestro/domain';
import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import { endRun } from '../end-run.js';
import { tellParent } from '../finish-run.js';
import { moveRun } from '../move-run.js';

/** EndRequest is a person who wants the run to end. */
export interface EndRequest {
  readonly at: Millis;
  readonly by: string;
  readonly reason: string;
}

/** endOnRequest ends the run as `status`. A run that has not been launched has nothing to cancel and ends at once; a repeated request changes nothing. */
export function endOnRequest(draft: Draft, request: EndRequest, status: 'STOPPED' | 'FAILED', action: string): Verdict {
  const { at, by, reason } = request;
  const ending = { status, by, reason: reason === '' ? `${action} by ${by}` : reason, since: at };
  if (!endRun(draft, ending, at)) return 'accepted';
  draft.note({ type: 'ACTION', timestamp: at, action, author: by, reason });
  if (draft.header.status === 'CREATED') {
    moveRun(draft, status);
    draft.editHeader().endTime = at;
    draft.commands.push({ type: 'finish-run', status });
    tellParent(draft, at);
  }
  return 'accepted';
}
