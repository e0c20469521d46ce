import type { WorkerType } from '@maestro/domain';
import { workerTypeKey } from '@maestro/steps';
import type { WorkerWelcome } from '@maestro/proto/maestro/executor/v1/worker_service';
import { Outbox } from './outbox.js';
import { workerCancel, workerTask, type RemoteTask } from './remote-task.js';

/** OfferedType is a type that a worker runs, and how much of it at once. */
export interface OfferedType {
  readonly type: WorkerType;
  /** 0 = as many as the worker has slots. */
  readonly slots: number;
}

/** Offer is what a worker says of itself. */
export interface Offer {
  readonly workerId: string;
  readonly types: readonly OfferedType[];
  readonly slots: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly library: string;
}

/**
 * WorkerSession is one worker, over the reconnects of its stream: what it runs and what it has in hand. It ends when the
 * worker drains, or has not been heard of for too long.
 */
export class WorkerSession {
  readonly tasks = new Map<string, RemoteTask>();
  /** By the key of the type in lower case. */
  readonly types: ReadonlyMap<string, OfferedType>;
  slots: number;
  draining = false;
  /** Monotonic time of the last word from the worker. */
  heardAt: number;
  private outbox: Outbox | undefined;
  private readonly running = new Map<string, number>();

  constructor(
    readonly sessionId: string,
    readonly offer: Offer,
    now: number,
  ) {
    this.types = new Map(offer.types.map((each) => [workerTypeKey(each.type).toLowerCase(), each]));
    this.slots = offer.slots;
    this.heardAt = now;
  }

  get connected(): boolean {
    return this.outbox !== undefined;
  }

  /** room is how many more tasks of a type it takes now. */
  room(type: string): number {
    const offered = this.types.get(type);
    if (offered === undefined || this.outbox === undefined || this.draining) return 0;
    const free = this.slots - this.tasks.size;
    return offered.slots === 0 ? free : Math.min(free, offered.slots - (this.running.get(type) ?? 0));
  }

  /** attach makes a stream the worker's. Tasks that it does not hold never arrived: they are sent again. */
  attach(welcome: WorkerWelcome, holding: ReadonlySet<string>): Outbox {
    const outbox = new Outbox(welcome);
    this.outbox = outbox;
    for (const task of this.tasks.values()) {
      if (!holding.has(task.id)) outbox.addTask(workerTask(task));
      if (task.stopReason !== undefined) outbox.addCancel(workerCancel(task));
    }
    return outbox;
  }

  /** detach ends a stream, unless another one has taken its place. Answers whether it was the worker's. */
  detach(outbox: Outbox): boolean {
    outbox.close();
    if (this.outbox !== outbox) return false;
    this.outbox = undefined;
    return true;
  }

  /** hangUp ends the stream from this side. */
  hangUp(): void {
    this.outbox?.close();
    this.outbox = undefined;
  }

  give(task: RemoteTask): void {
    this.tasks.set(task.id, task);
    this.count(task, 1);
    this.outbox?.addTask(workerTask(task));
  }

  /** takeBack ends what the worker has to do with a task; undefined when it had nothing. */
  takeBack(taskId: string): RemoteTask | undefined {
    const task = this.tasks.get(taskId);
    if (task === undefined) return undefined;
    this.tasks.delete(taskId);
    this.count(task, -1);
    return task;
  }

  cancel(task: RemoteTask): void {
    this.outbox?.addCancel(workerCancel(task));
  }

  received(taskId: string): void {
    this.outbox?.addReceived(taskId);
  }

  answerHeartbeat(sequence: bigint): void {
    const stopped = [...this.tasks.values()].filter(({ stopReason }) => stopReason !== undefined);
    this.outbox?.answerHeartbeat(sequence, stopped.map(workerCancel));
  }

  sendDrain(): void {
    this.outbox?.drain();
  }

  private count({ task }: RemoteTask, by: number): void {
    const type = task.stepType.toLowerCase();
    this.running.set(type, (this.running.get(type) ?? 0) + by);
  }
}
