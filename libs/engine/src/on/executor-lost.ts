import { confirmCancel } from '../cancel.js';
import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { fail } from '../phases/fail.js';
import { currentAttempt } from './current-attempt.js';

type ExecutorLost = Extract<EngineEvent, { type: 'executor-lost' }>;

/** onExecutorLost: whatever the executor ran has been killed by its guard, so the attempt is over. */
export function onExecutorLost(draft: Draft, event: ExecutorLost): Verdict {
  if (currentAttempt(draft, event)?.claimedBy !== event.executorId) return 'ended';
  const step = draft.edit(event.ordinal);
  const message = `Executor ${event.executorId} did not renew its lease; what it ran has been stopped.`;
  if (step.cancelling) confirmCancel(draft, step, event.at);
  else fail(draft, step, 'PLATFORM', message, event.at);
  return 'accepted';
}
