import type { RunKey } from '@maestro/domain';
import type { Pool } from 'pg';
import { deleteOutbox } from '../adapters/postgres/outbox.js';
import { postgresParkedRuns } from '../adapters/postgres/parked-runs.js';
import { postgresPermits } from '../adapters/postgres/permit-store.js';
import { postgresQueueSweep } from '../adapters/postgres/queue-sweep.js';
import { postgresReady } from '../adapters/postgres/ready-store.js';
import { postgresRunStore } from '../adapters/postgres/run-store.js';
import { postgresWakeups } from '../adapters/postgres/wakeup-store.js';
import type { LimitedTag } from '../permits/limited-tags.js';
import type { Assumed, LockRequest, OpenTransaction } from '../ports/run-store.js';
import type { PendingAction } from '../ports/wakeup-store.js';
import type { BatchRows } from '../rows/batch-rows.js';
import type { TagKey } from '../rows/permit-rows.js';
import { queryOne } from '@maestro/postgres';
import type { Recorded } from './memory/recorded.js';

/** Replay asks a real database what a simulation has asked its rows in memory, in the same order. */
export class Replay {
  private readonly transactions = new Map<object, OpenTransaction>();
  /** Postgres numbers the events that it keeps itself. */
  private readonly ids = new Map<bigint, bigint>();
  private readonly calls: Readonly<Record<string, (args: readonly unknown[], recorded: Recorded) => Promise<unknown>>>;

  constructor(pool: Pool) {
    const runs = postgresRunStore(pool);
    const wakeups = postgresWakeups(pool);
    const permits = postgresPermits(pool);
    const ready = postgresReady(pool);
    const sweep = postgresQueueSweep(pool);
    const parked = postgresParkedRuns(pool);
    this.calls = {
      load: ([keys]) => runs.load(keys as RunKey[]),
      commitDirect: ([rows, assumed]) => runs.commitDirect(this.withIds(rows), assumed as Assumed | undefined),
      begin: async ([request], { transaction = {} }) => {
        const begun = await runs.begin(request as LockRequest);
        this.transactions.set(transaction, begun);
        return begun.locked;
      },
      commit: ([rows], { transaction }) => this.transactionOf(transaction).commit(this.withIds(rows)),
      rollback: (_, { transaction }) => this.transactionOf(transaction).rollback(),
      wasCommitted: ([id, writer]) => runs.wasCommitted(id as bigint, writer as string),
      park: ([key, reason, events]) => runs.park(key as RunKey, reason as string, events as []),
      unpark: ([key]) => parked.unpark(key as RunKey),
      due: ([shards, until, limit]) => wakeups.due(shards as number[], until as number, limit as number),
      pendingActions: async ([keys], { answer }) => {
        const found = await wakeups.pendingActions(keys as RunKey[]);
        return this.sameIds(found, answer as readonly PendingAction[]);
      },
      limited: ([since]) => permits.limited(since as bigint),
      setLimit: ([tag, at]) => permits.setLimit(tag as LimitedTag, at as number),
      withRoom: () => permits.withRoom(),
      admit: ([tags, at]) => permits.admit(tags as TagKey[], at as number),
      readyPools: () => ready.pools(),
      oldestReady: ([name, limit]) => ready.oldest(name as string, limit as number),
      waitingQueues: () => sweep.waiting(),
      outboxRemove: async ([ids]) => void (await queryOne(pool, deleteOutbox(ids as bigint[]))),
    };
  }

  /** ask answers as Postgres does. */
  ask(recorded: Recorded): Promise<unknown> {
    const call = this.calls[recorded.call];
    if (call === undefined) throw new Error(`nothing is known of ${recorded.call}`);
    return call(recorded.args, recorded);
  }

  private transactionOf(transaction: object | undefined): OpenTransaction {
    const open = this.transactions.get(transaction ?? {});
    if (open === undefined) throw new Error('the transaction was never begun');
    return open;
  }

  private withIds(rows: unknown): BatchRows {
    const batch = rows as BatchRows;
    const done = batch.pendingActionsDone.map(({ runKey, id }) => ({ runKey, id: this.ids.get(id) ?? -1n }));
    return { ...batch, pendingActionsDone: done };
  }

  /** Of one run the events come in the order in which they were left. */
  private sameIds(found: readonly PendingAction[], expected: readonly PendingAction[]): PendingAction[] {
    const inMemory = byRun(expected);
    return byRun(found).map((action, index) => {
      const id = inMemory[index]?.id ?? -1n;
      this.ids.set(id, action.id);
      return { ...action, id };
    });
  }
}

function byRun(actions: readonly PendingAction[]): PendingAction[] {
  return [...actions].sort((a, b) => Number(a.runKey - b.runKey) || Number(a.id - b.id));
}
