import type { RunStrategy, WorkflowKey } from '@maestro/domain';
import { admissible, decideStart } from '@maestro/run-strategy';
import type { QueueEntry, QueueRow } from '../rows/queue-row.js';

/** QueueLedger is one workflow's queue while a batch is applied to it, under the row's lock. */
export class QueueLedger {
  /** Runs of the queue that may start now, oldest first. */
  readonly admitted: QueueEntry[] = [];
  private row: QueueRow;
  private readonly original: QueueRow;

  constructor(
    row: QueueRow,
    /** The oldest waiting runs: at least as many as this batch can admit. */
    private heads: readonly QueueEntry[],
  ) {
    this.row = row;
    this.original = row;
  }

  get current(): QueueRow {
    return this.row;
  }

  get changed(): boolean {
    return this.row !== this.original;
  }

  get strategy(): RunStrategy {
    return { rule: this.row.rule, workflowConcurrency: this.row.concurrency };
  }

  /** A launched run has ended; a failed one holds a STRICT_SEQUENTIAL queue until it is unblocked. */
  runEnded(failed: boolean): void {
    this.change({
      running: Math.max(0, this.row.running - 1),
      blockingFailed: this.row.blockingFailed + (failed ? 1 : 0),
    });
  }

  /** A waiting run was taken out of the queue; one that was killed has failed. */
  runLeft(entry: QueueEntry, failed: boolean): void {
    this.heads = this.heads.filter(({ runKey }) => runKey !== entry.runKey);
    this.change({
      queued: Math.max(0, this.row.queued - 1),
      blockingFailed: this.row.blockingFailed + (failed ? 1 : 0),
    });
  }

  /** admit moves what may start now from waiting to running. */
  admit(): void {
    const count = Math.min(admissible(this.strategy, this.row), this.heads.length);
    if (count === 0) return;
    this.admitted.push(...this.heads.slice(0, count));
    this.heads = this.heads.slice(count);
    this.change({ queued: this.row.queued - count, running: this.row.running + count });
  }

  /** start gives the next instance number and says how the new instance enters. */
  start(): { readonly instanceId: bigint; readonly decision: ReturnType<typeof decideStart> } {
    const instanceId = this.row.nextInstance;
    const decision = decideStart(this.strategy, this.row);
    this.change({ nextInstance: instanceId + 1n });
    this.enter(decision);
    return { instanceId, decision };
  }

  /**
   * restart says how the next run of an instance enters. The failure of the run before no longer holds the queue, and the instance is
   * older than all that wait: it goes before them.
   */
  restart(wasBlocking: boolean): ReturnType<typeof decideStart> {
    if (wasBlocking) this.unblocked(1);
    const decided = decideStart(this.strategy, this.row);
    const isFirst = admissible(this.strategy, { ...this.row, queued: this.row.queued + 1 }) > 0;
    const decision = decided.insert === 'QUEUE' && isFirst ? { ...decided, insert: 'LAUNCH' as const } : decided;
    this.enter(decision);
    return decision;
  }

  private enter({ insert, stopQueued }: ReturnType<typeof decideStart>): void {
    this.change({
      queued: (stopQueued ? 0 : this.row.queued) + (insert === 'QUEUE' ? 1 : 0),
      running: this.row.running + (insert === 'LAUNCH' ? 1 : 0),
    });
    if (stopQueued) this.heads = [];
  }

  /** All waiting runs were ended at once, as failed ones or not. */
  queueEmptied(failed: boolean): void {
    this.heads = [];
    this.change({ queued: 0, blockingFailed: this.row.blockingFailed + (failed ? this.row.queued : 0) });
  }

  /** Failed runs no longer hold the queue. */
  unblocked(count: number | 'all'): void {
    const left = count === 'all' ? 0 : Math.max(0, this.row.blockingFailed - count);
    this.change({ blockingFailed: left });
  }

  /** Nothing is admitted until it goes on. */
  pause(paused: boolean): void {
    if (this.row.paused !== paused) this.change({ paused });
  }

  close(): void {
    this.change({ closed: true });
  }

  /** refresh takes over what the definition service said, unless the row knows newer. */
  refresh(seed: Pick<QueueRow, 'revision' | 'rule' | 'concurrency' | 'activeVersion'>): void {
    if (seed.revision <= this.row.revision) return;
    const { revision, rule, concurrency, activeVersion } = seed;
    this.change({ revision, rule, concurrency, activeVersion });
  }

  private change(change: Partial<QueueRow>): void {
    this.row = { ...this.row, ...change };
  }
}

/** Ledgers are the queues of a batch by workflow. */
export type Ledgers = ReadonlyMap<WorkflowKey, QueueLedger>;
