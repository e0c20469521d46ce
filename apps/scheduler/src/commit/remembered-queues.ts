import type { WorkflowKey } from '@maestro/domain';
import { LRUCache } from 'lru-cache';
import type { Assumed, Locked } from '../ports/run-store.js';
import type { QueueRow } from '../rows/queue-row.js';
import { endsNow, type Batch } from './batch.js';
import { requestKeyOf } from './lock-request.js';

/** Rows remembered at most: a forgotten one costs a round trip. */
const MAX_REMEMBERED = 10_000;

/**
 * RememberedQueues are queue rows as this replica has last written them. Admission is decided on them before the lock, and
 * the commit checks under the lock that nobody has changed them since: the same decision as under the lock, one round trip
 * sooner.
 */
export class RememberedQueues {
  private readonly rows: LRUCache<WorkflowKey, QueueRow>;
  /** Batches in flight by workflow: beside another one a batch must look, because that one is about to change the row. */
  private readonly inFlight = new Map<WorkflowKey, number>();

  /** `max`: rows remembered at most; room for them is made at once. */
  constructor(max = MAX_REMEMBERED) {
    this.rows = new LRUCache({ max });
  }

  /** enter tells that a batch is in flight; what it answers tells that it no longer is. */
  enter(batch: Batch): () => void {
    const keys = [...workflowKeysOf(batch)];
    for (const key of keys) this.inFlight.set(key, (this.inFlight.get(key) ?? 0) + 1);
    return () => {
      for (const key of keys) {
        const left = (this.inFlight.get(key) ?? 1) - 1;
        if (left === 0) this.inFlight.delete(key);
        else this.inFlight.set(key, left);
      }
    };
  }

  /** What a batch would find under its locks; undefined when it has to look: acts, unknown rows, runs that wait, company. */
  assumedFor(batch: Batch): { readonly locked: Locked; readonly assumed: Assumed } | undefined {
    if (batch.queueActs.length > 0) return undefined;
    const queues = new Map<WorkflowKey, QueueRow>();
    for (const workflowKey of workflowKeysOf(batch)) {
      const row = this.rows.get(workflowKey);
      if (row === undefined || row.queued > 0 || (this.inFlight.get(workflowKey) ?? 0) > 1) return undefined;
      queues.set(workflowKey, row);
    }
    const runs = new Set(batch.runs.map(({ runKey }) => runKey));
    const requests = batch.starts.map(({ input }) => requestKeyOf(input));
    return { locked: { queues, requests: [], heads: [], runs }, assumed: { queues: [...queues.values()], requests } };
  }

  remember(rows: readonly QueueRow[]): void {
    for (const row of rows) this.rows.set(row.workflowKey, row);
  }

  /** forget what a batch assumed: it was not so. */
  forget(batch: Batch): void {
    for (const workflowKey of workflowKeysOf(batch)) this.rows.delete(workflowKey);
  }
}

function workflowKeysOf(batch: Batch): Set<WorkflowKey> {
  const ended = batch.runs.filter(endsNow).map(({ record }) => record.state.header.workflowKey);
  return new Set([...ended, ...batch.starts.map(({ input }) => input.seed.workflowKey)]);
}
