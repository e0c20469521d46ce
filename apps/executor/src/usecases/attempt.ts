import { attemptId, type JsonObject, type Millis } from '@maestro/domain';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import type { AttemptSpan } from '../ports/attempt-span.js';
import type { LogStreamName } from '../ports/log-store.js';
import type { TaskDelivery } from '../ports/task-source.js';
import { isLetGo, outlivesExecutor, type Runtime, type RuntimeContext } from '../runtimes/runtime.js';
import type { AttemptLog } from './attempt-log.js';
import { dispatchKey } from './dispatch-key.js';

/** StopReason says why an attempt was told to stop; it decides what is reported. */
export type StopReason = 'cancelled' | 'timed-out' | 'lease-lost' | 'drained' | 'not-granted';

/** ClaimState says how far the claim of an attempt is. Only a granted one is off the queue and survives its delivery. */
export type ClaimState = 'none' | 'asked' | 'granted';

/** What an attempt needs of the executor while it runs. */
export interface AttemptServices {
  openLog(attempt: Attempt): AttemptLog;
  openSpan(attempt: Attempt): AttemptSpan | undefined;
  releaseSlot(attempt: Attempt): void;
  tellProgress(attempt: Attempt, artifacts: JsonObject): void;
}

/**
 * Attempt is one dispatch of one attempt on this executor, from its delivery until the scheduler has answered its
 * result. It is the runtime's context too. Everything that an instant step does not need is made on first use.
 */
export class Attempt implements RuntimeContext {
  /** Names the dispatch in this process. */
  readonly key: string;
  claim: ClaimState = 'none';
  /** Monotonic time at which the claim was asked for. */
  claimAskedAt = 0;
  /** The runtime was started and has not ended. */
  running = false;
  /** Monotonic time of the start. */
  startedAt = 0;
  /** Scheduler's time of the start; 0 = never started. */
  startTime: Millis = 0;
  /** It takes a slot: from its delivery until its runtime has ended, or only waits for somebody else. */
  holdsSlot: boolean;
  /** The result is on its way to the scheduler. */
  ended = false;
  stopReason: StopReason | undefined;
  span: AttemptSpan | undefined;
  private aborter: AbortController | undefined;
  private attemptLog: AttemptLog | undefined;

  constructor(
    readonly task: Task,
    /** The newest delivery of the task's message: the one to ack. */
    public delivery: TaskDelivery,
    readonly runtime: Runtime,
    private readonly services: AttemptServices,
  ) {
    this.key = dispatchKey(task);
    this.holdsSlot = runtime.takesSlot;
  }

  get attemptId(): string {
    return attemptId(this.task);
  }

  get signal(): AbortSignal {
    this.aborter ??= new AbortController();
    if (this.stopReason !== undefined) this.aborter.abort(this.stopReason);
    return this.aborter.signal;
  }

  get traceparent(): string | undefined {
    return this.span?.traceparent ?? (this.task.traceparent === '' ? undefined : this.task.traceparent);
  }

  log(stream: LogStreamName, data: Uint8Array | string): void {
    this.attemptLog ??= this.services.openLog(this);
    this.attemptLog.write(stream, data);
  }

  /** stop asks the runtime to end; the first reason stays. */
  stop(reason: StopReason): void {
    if (this.stopReason !== undefined || this.ended) return;
    this.stopReason = reason;
    this.aborter?.abort(reason);
  }

  /** letGo: it was stopped here, and what it runs shall go on elsewhere. */
  get letGo(): boolean {
    return outlivesExecutor(this.runtime, this.task) && isLetGo(this.signal);
  }

  waits(): void {
    this.services.releaseSlot(this);
  }

  progress(artifacts: JsonObject): void {
    if (!this.ended) this.services.tellProgress(this, artifacts);
  }

  begin(monotonic: number, now: Millis): void {
    this.running = true;
    this.startedAt = monotonic;
    this.startTime = now;
    this.span = this.services.openSpan(this);
  }

  closeLog(): void {
    this.attemptLog?.close();
  }
}
