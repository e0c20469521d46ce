import { askToStop, confirmCancel } from '../cancel.js';
import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { goesOnAlone } from '../phases/goes-on-alone.js';
import { handOut } from '../phases/start.js';
import { currentAttempt } from './current-attempt.js';

type DispatchLost = Extract<EngineEvent, { type: 'dispatch-lost' }>;

/** onDispatchLost hands the attempt out again; the new dispatch number makes answers to the lost one late. */
export function onDispatchLost(draft: Draft, event: DispatchLost): Verdict {
  const lost = currentAttempt(draft, event);
  if (!lost || lost.claimedBy !== undefined) return 'ended';
  const step = draft.edit(event.ordinal);
  if (step.cancelling && !goesOnAlone(draft, step)) {
    confirmCancel(draft, step, event.at);
    return 'accepted';
  }
  handOut(draft, step);
  if (step.cancelling) askToStop(draft, step, event.at);
  return 'accepted';
}
