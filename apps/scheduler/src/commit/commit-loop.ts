import { MaestroError, type RunKey, type WorkflowKey } from '@maestro/domain';
import { isDataError } from '@maestro/postgres';
import { LRUCache } from 'lru-cache';
import { runKeysOf, type Batch } from './batch.js';
import type { CommitDeps } from './commit-deps.js';
import { answer, complete } from './complete.js';
import { decideBatch, loadMissing } from './decide-batch.js';
import { feedBackCommands, type Feeders } from './feed-back.js';
import type { Outgoing } from './encode/outgoing.js';
import type { Input } from './input.js';
import { commitBatch, isTransient, type Committed } from './lane.js';
import { Mailbox, type Gathered } from './mailbox.js';
import { Outbox } from './outbox.js';
import { PendingEvaluations } from './pending-evaluations.js';
import { rest } from '../ports/timing.js';
import { SignalAsks } from './signal-asks.js';
import { splitBatch } from './split-batch.js';

/** Two lanes commit disjoint runs side by side; measured by the prototype, a third lost throughput. */
const LANES = 2;
/** About this many inputs a batch: measured, larger batches gain no throughput and make commits 3-6 times longer. */
const BATCH_INPUTS = 300;
/** How long to wait before trying again while the database is away. */
const RETRY_MS = 200;

export interface CommitLoopOptions {
  /** Above this many waiting inputs new ones are refused with OVERLOADED. */
  readonly maxWaiting: number;
  /** Of so many workflows it guesses the next instance number; room for them is made at once. */
  readonly foreseen?: number;
}

/**
 * CommitLoop is the one place where runs change: what arrives while a commit is in flight joins the next batch, each
 * batch is one transaction, and everything it decided is sent, answered and fed back only after it is committed.
 */
export class CommitLoop {
  private readonly mailbox = new Mailbox();
  private readonly outbox: Outbox;
  private readonly feeders: Feeders;
  private readonly foreseen: LRUCache<WorkflowKey, bigint>;
  private active = 0;
  private kicked = false;
  private stopped = false;
  private idle: (() => void)[] = [];

  constructor(
    private readonly deps: CommitDeps,
    private readonly options: CommitLoopOptions,
  ) {
    this.foreseen = new LRUCache({ max: options.foreseen ?? 10_000 });
    this.outbox = new Outbox(deps.replicaId);
    this.feeders = {
      evaluations: new PendingEvaluations(deps),
      signals: new SignalAsks(deps.signals, deps),
    };
  }

  get waiting(): number {
    return this.mailbox.waiting;
  }

  /** submit takes an input; it is settled or failed after the commit that contains it. */
  submit(input: Input): void {
    if (this.stopped) input.fail(new MaestroError('UNAVAILABLE', 'This scheduler replica is stopping; try again.'));
    else if (input.kind === 'start' && this.mailbox.waiting >= this.options.maxWaiting)
      input.fail(overloaded(this.mailbox.waiting));
    else {
      this.mailbox.add(input);
      this.kick();
    }
  }

  /** drain takes nothing new and resolves when everything that was taken is committed. */
  async drain(): Promise<void> {
    this.stopped = true;
    if (this.active > 0 || this.mailbox.hasWork()) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  /** tidyOutbox sends again what could not be sent (the broker was away, or lost its data), and deletes rows when no batch comes along to do it. */
  async tidyOutbox(remove: (batchIds: readonly bigint[]) => Promise<void>): Promise<void> {
    for (const { batchId, messages } of this.outbox.takeFailed(this.deps.now())) await this.publish(batchId, messages);
    if (this.active === 0) await this.outbox.clean(remove);
  }

  /** All that one socket chunk brings forms one batch. */
  private kick(): void {
    if (this.kicked) return;
    this.kicked = true;
    this.deps.timing.soon(() => {
      this.kicked = false;
      while (this.active < LANES && this.mailbox.hasWork()) void this.runLane();
    });
  }

  private async runLane(): Promise<void> {
    this.active += 1;
    try {
      while (this.mailbox.hasWork()) await this.process(this.mailbox.take(BATCH_INPUTS));
    } finally {
      this.active -= 1;
      if (this.active === 0 && !this.mailbox.hasWork()) for (const resolve of this.idle.splice(0)) resolve();
    }
  }

  private async process(gathered: Gathered): Promise<void> {
    const runKeys = gathered.runs.map(({ runKey }) => runKey);
    try {
      const records = await loadMissing(this.deps, gathered.runs);
      const started = performance.now();
      const batch = decideBatch(this.deps, gathered, records, this.foreseen);
      this.deps.metrics.decideMs(performance.now() - started);
      await this.commit(batch);
    } catch (error) {
      await this.retryLater(runKeys, inputsOf(gathered), error);
    } finally {
      this.mailbox.release(runKeys);
      if (this.mailbox.hasWork()) this.kick();
    }
  }

  private async commit(batch: Batch): Promise<void> {
    const started = performance.now();
    try {
      const committed = await commitBatch(this.deps, batch, this.outbox);
      this.deps.metrics.commitMs(performance.now() - started);
      await this.follow(batch, committed);
    } catch (error) {
      if (isTransient(error)) await this.retryLater(runKeysOf(batch), batchInputs(batch), error);
      else if (isDataError(error)) await this.bisect(batch, error);
      else throw error;
    }
  }

  private async follow(batch: Batch, committed: Committed): Promise<void> {
    const { assembly } = committed;
    this.outbox.committed(assembly);
    this.rememberInstances(committed);
    complete(this.deps, committed);
    const published = this.publish(batch.id, assembly.messages);
    answer(committed, batch.runs);
    feedBackCommands(this.deps, this.feeders, committed);
    for (const work of committed.moved) for (const input of work.inputs) this.mailbox.add(input);
    this.deps.afterCommit(assembly);
    this.deps.metrics.batch(batch.runs.length + batch.starts.length, assembly.rows.steps.length);
    await published;
  }

  private async publish(batchId: bigint, messages: readonly Outgoing[]): Promise<void> {
    try {
      if (messages.length > 0) await this.deps.publisher.publish(messages);
      this.outbox.published(batchId);
    } catch (error) {
      this.outbox.failed(batchId, messages, this.deps.now());
      this.deps.logger.warn({ err: error, batchId: String(batchId) }, 'publishing a batch failed and is repeated');
    }
  }

  private rememberInstances({ assembly }: Committed): void {
    for (const { workflowKey, nextInstance } of assembly.rows.queues) {
      const guess = this.foreseen.get(workflowKey) ?? 0n;
      if (assembly.misjudged.includes(workflowKey) || guess < nextInstance)
        this.foreseen.set(workflowKey, nextInstance);
    }
  }

  /** One bad row must not hold the others: halves are tried until the one that is at fault is alone. */
  private async bisect(batch: Batch, error: unknown): Promise<void> {
    const halves = splitBatch(batch, () => this.deps.newBatchId());
    if (halves !== undefined) {
      for (const half of halves) await this.commit(half);
      return;
    }
    const reason = error instanceof Error ? error.message : String(error);
    this.deps.metrics.parked();
    this.deps.logger.error({ err: error }, 'a run cannot be written and is parked');
    for (const work of batch.runs) {
      this.deps.cache.drop(work.runKey);
      await this.deps.store.park(
        work.runKey,
        reason,
        work.inputs.map(({ event }) => event),
      );
    }
    const refusal = new MaestroError('INVALID_REQUEST', `The data of this request cannot be stored: ${reason}`);
    for (const input of batchInputs(batch)) {
      if (input.kind === 'event') input.settle('accepted');
      else input.fail(refusal);
    }
  }

  /** Decided again on fresh state: events change nothing twice, starts are found by their request id. */
  private async retryLater(runKeys: readonly RunKey[], inputs: readonly Input[], error: unknown): Promise<void> {
    for (const runKey of runKeys) this.deps.cache.drop(runKey);
    if (!isTransient(error)) {
      this.deps.logger.error({ err: error }, 'a batch failed');
      for (const input of inputs) input.fail(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    this.deps.logger.warn({ err: error, inputs: inputs.length }, 'a batch could not be committed and is tried again');
    await rest(this.deps.timing, RETRY_MS);
    for (const input of inputs) this.mailbox.add(input);
  }
}

function batchInputs(batch: Batch): Input[] {
  return [...batch.runs.flatMap(({ inputs }) => inputs), ...batch.starts.map(({ input }) => input), ...batch.queueActs];
}

function inputsOf(gathered: Gathered): Input[] {
  return [...gathered.runs.flatMap(({ inputs }) => inputs), ...gathered.starts, ...gathered.queueActs];
}

function overloaded(waiting: number): MaestroError {
  return new MaestroError('OVERLOADED', `The scheduler has ${String(waiting)} requests waiting; try again shortly.`, {
    retryAfterMs: 500,
  });
}
