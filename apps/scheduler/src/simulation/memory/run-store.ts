import type { EngineEvent } from '@maestro/engine';
import type { Json, RunKey } from '@maestro/domain';
import { exactJsonText } from '@maestro/wire';
import type { Assumed, CommitCounts, Locked, LockRequest, StoredRun } from '../../ports/run-store.js';
import type { BatchRows } from '../../rows/batch-rows.js';
import { bulkActs } from './bulk-acts.js';
import { findRequests, locksOf, readLocked } from './lock-and-read.js';
import { Locks, queueLock, runLock } from './locks.js';
import { loadRuns } from './read-runs.js';
import { NO_RECORDER, type Recorder } from './recorded.js';
import type { QueueRow } from '../../rows/queue-row.js';
import { connectionLost } from './statement-errors.js';
import { keyOf, type Tables } from './tables.js';
import { change, checkBatch, writeBatch } from './write-batch.js';

/** MemoryTransaction is an open transaction: its rows are locked until it ends. */
export interface MemoryTransaction {
  readonly locked: Locked;
  commit(rows: BatchRows): CommitCounts;
  rollback(): void;
}

/**
 * MemoryRuns is the RunStore in memory, without waiting: each call is one moment at the database. A call that another transaction's locks
 * hold up throws Blocked, and has changed nothing. `committed` is told of each commit.
 */
export class MemoryRuns {
  readonly locks = new Locks();

  constructor(
    readonly tables: Tables,
    private readonly committed: (rows: BatchRows) => void = () => undefined,
    readonly record: Recorder = NO_RECORDER,
  ) {}

  load(runKeys: readonly RunKey[]): StoredRun[] {
    const answer = loadRuns(this.tables, runKeys);
    this.record({ call: 'load', args: [runKeys], answer });
    return answer;
  }

  commitDirect(rows: BatchRows, assumed?: Assumed): 'committed' | 'moved' {
    const answer = this.tryCommit(rows, assumed);
    this.record({ call: 'commitDirect', args: [rows, assumed], answer });
    if (answer === 'committed') this.committed(rows);
    return answer;
  }

  private tryCommit(rows: BatchRows, assumed: Assumed | undefined): 'committed' | 'moved' {
    this.locks.check([...lockedBy(rows), ...(assumed?.queues ?? []).map(({ workflowKey }) => queueLock(workflowKey))]);
    const { tables } = this;
    const holds = (assumed?.queues ?? []).every((row) => isSame(tables.queues.get(row.workflowKey), row));
    if (!holds || findRequests(tables, assumed?.requests ?? []).length > 0) return 'moved';
    if (rows.versions.some(({ runKey, ver }) => tables.runs.get(runKey)?.ver !== ver)) return 'moved';
    checkBatch(tables, rows);
    writeBatch(tables, rows);
    return 'committed';
  }

  begin(request: LockRequest): MemoryTransaction {
    const holder = {};
    this.locks.take(holder, locksOf(this.tables, request));
    const undo = seedsToUndo(this.tables, request);
    let isOpen = true;
    const locked = readLocked(this.tables, request);
    this.record({ call: 'begin', args: [request], answer: locked, transaction: holder });
    return {
      locked,
      commit: (rows) => {
        if (!isOpen) throw connectionLost();
        this.locks.check(lockedBy(rows), holder);
        checkBatch(this.tables, rows);
        writeBatch(this.tables, rows);
        const counts = bulkActs(this.tables, rows);
        isOpen = false;
        this.locks.release(holder);
        this.record({ call: 'commit', args: [rows], answer: counts, transaction: holder });
        this.committed(rows);
        return counts;
      },
      rollback: () => {
        if (!isOpen) return;
        isOpen = false;
        this.record({ call: 'rollback', args: [], answer: undefined, transaction: holder });
        undo();
        this.locks.release(holder);
      },
    };
  }

  wasCommitted(batchId: bigint, writer: string): boolean {
    const { outbox } = this.tables;
    if (!outbox.has(batchId)) outbox.set(batchId, { batchId, writer: `!${writer}`, messages: new Uint8Array() });
    const answer = outbox.get(batchId)?.writer.startsWith('!') === false;
    this.record({ call: 'wasCommitted', args: [batchId, writer], answer });
    return answer;
  }

  park(runKey: RunKey, reason: string, events: readonly EngineEvent[]): void {
    this.locks.check([runLock(runKey)]);
    this.record({ call: 'park', args: [runKey, reason, events], answer: undefined });
    change(this.tables, runKey, (row) => ({ parked_reason: row.parked_reason ?? reason, ver: row.ver + 1 }));
    for (const event of events) {
      const id = this.tables.serial();
      this.tables.parked.set(id, { id, runKey, event: exactJsonText(event as unknown as Json) });
    }
  }
}

/** Rows that a transaction makes of its seeds are gone when it is rolled back. */
function seedsToUndo({ queues, tags }: Tables, { seeds, permits }: LockRequest): () => void {
  const newQueues = seeds.map(({ workflowKey }) => workflowKey).filter((key) => !queues.has(key));
  const newTags = (permits?.seeds ?? []).map(({ tenant, name }) => keyOf(tenant, name)).filter((key) => !tags.has(key));
  return () => {
    for (const key of newQueues) queues.delete(key);
    for (const key of newTags) tags.delete(key);
  };
}

/** Rows that a write waits for. */
function lockedBy(rows: BatchRows): string[] {
  const runKeys = [
    ...rows.versions.map(({ runKey }) => runKey),
    ...rows.runUpdates.map(({ header }) => header.runKey),
    ...rows.admitted,
  ];
  return [...new Set(runKeys)].map(runLock).concat(rows.queues.map(({ workflowKey }) => queueLock(workflowKey)));
}

function isSame(row: QueueRow | undefined, assumed: QueueRow): boolean {
  if (row === undefined) return false;
  const { running, queued, blockingFailed, nextInstance, revision, paused, closed } = row;
  const counts = running === assumed.running && queued === assumed.queued && blockingFailed === assumed.blockingFailed;
  const place = nextInstance === assumed.nextInstance && revision === assumed.revision;
  return counts && place && paused === assumed.paused && closed === assumed.closed;
}
