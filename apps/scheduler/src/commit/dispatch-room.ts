import type { Millis } from '@maestro/domain';
import type { Command, DispatchRef, Plan, RunChange, StepState } from '@maestro/engine';
import type { ReadyRow } from '../rows/batch-rows.js';
import type { Outgoing } from './encode/outgoing.js';
import { dispatchMessage, isDispatchOf } from './dispatch.js';
import type { PoolRoom } from './pool-room.js';
import { chosenPool } from './step-pool.js';
import { queueKey } from './task-queue-key.js';

/** Dispatched is a run's change with each dispatch either stamped and turned into a message, or left waiting for room. */
export interface Dispatched {
  readonly change: RunChange;
  readonly messages: readonly Outgoing[];
  readonly waiting: readonly ReadyRow[];
  /** Keys of the queues that a place was taken of, one entry per message; given back when the batch is dropped. */
  readonly taken: readonly string[];
}

/** dispatchWithRoom publishes what fits below each pool's high-water mark. */
export function dispatchWithRoom(
  plan: Plan,
  change: RunChange,
  commands: readonly Command[],
  room: PoolRoom,
  at: Millis,
): Dispatched {
  const wanted = commands.filter((command) => command.type === 'dispatch-attempt');
  if (wanted.length === 0) return { change, messages: [], waiting: [], taken: [] };
  const messages: Outgoing[] = [];
  const waiting: ReadyRow[] = [];
  const taken: string[] = [];
  const steps = change.steps.map((step) => {
    if (!wanted.some((command) => isDispatchOf(step, command))) return step;
    const planStep = plan.steps[step.ordinal];
    const chosen = chosenPool(step, change.header, room);
    const pool = chosen ?? planStep?.pool ?? '';
    const key = queueKey({ pool, stepType: planStep?.type ?? '', tenant: change.header.tenant });
    if (!room.take(key)) {
      waiting.push(readyRow(change, step, key, at));
      return step;
    }
    taken.push(key);
    const placed = { ...step, dispatchedAt: at, pool: chosen };
    messages.push(dispatchMessage(plan, change, placed, at));
    return placed;
  });
  return { change: { ...change, steps }, messages, waiting, taken };
}

function readyRow(change: RunChange, step: StepState & DispatchRef, pool: string, since: Millis): ReadyRow {
  const { runKey, tenant } = change.header;
  return { pool, tenant, since, runKey, ordinal: step.ordinal, attempt: step.attempt, dispatch: step.dispatch };
}
