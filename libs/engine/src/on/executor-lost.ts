import { executorOf } from '@maestro/domain';
import { askToStop, confirmCancel } from '../cancel.js';
import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { fail } from '../phases/fail.js';
import { handOut } from '../phases/start.js';
import type { WorkingStep } from '../working-step.js';
import { currentAttempt } from './current-attempt.js';

type ExecutorLost = Extract<EngineEvent, { type: 'executor-lost' }>;

/**
 * onExecutorLost: a process has been killed by its guard, so the attempt is over. A container goes on: the same attempt is
 * handed out again for another executor to take over, or to stop.
 */
export function onExecutorLost(draft: Draft, event: ExecutorLost): Verdict {
  if (currentAttempt(draft, event)?.claimedBy !== event.executorId) return 'ended';
  const step = draft.edit(event.ordinal);
  const reattach = draft.planStep(event.ordinal).onExecutorLost === 'reattach';
  if (reattach && step.status === 'RUNNING') handOver(draft, step, event);
  else if (step.cancelling) confirmCancel(draft, step, event.at);
  else fail(draft, step, 'PLATFORM', stoppedMessage(event), event.at);
  return 'accepted';
}

function handOver(draft: Draft, step: WorkingStep, event: ExecutorLost): void {
  const message = `Executor ${executorOf(event.executorId)} holds the attempt no more; what it runs goes on and is taken over.`;
  draft.note({ type: 'LOG', timestamp: event.at, level: 'INFO', message }, step);
  step.claimedBy = undefined;
  handOut(draft, step);
  if (step.cancelling) askToStop(draft, step, event.at);
}

function stoppedMessage({ executorId }: ExecutorLost): string {
  return `Executor ${executorOf(executorId)} did not renew its lease; what it ran has been stopped.`;
}
