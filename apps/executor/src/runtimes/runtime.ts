import type { JsonObject } from '@maestro/domain';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import type { LogStreamName } from '../ports/log-store.js';

/**
 * RuntimeOutcome says how an attempt ended. `STOPPED` means that the abort signal ended it; whoever gave the signal
 * knows why. Everything else is a true end, also when the signal came at the same moment. `TIMED_OUT` is a limit of the
 * runtime's own (of one statement, or what user code says); the step's timeout comes as a signal. `PUT_BACK` says that nothing
 * of the attempt has begun and that it cannot begin here: it goes back to the queue, or fails as a platform error if it cannot.
 */
export type RuntimeOutcome =
  'DONE' | 'USER_ERROR' | 'PLATFORM_ERROR' | 'FATAL_ERROR' | 'TIMED_OUT' | 'STOPPED' | 'PUT_BACK';

/** RuntimeResult is what an attempt leaves behind. */
export interface RuntimeResult {
  readonly outcome: RuntimeOutcome;
  /** Output params: a JSON object of param definitions (UTF-8). */
  readonly outputParamsJson?: Uint8Array;
  /** Artifacts: a JSON object (UTF-8). */
  readonly artifactsJson?: Uint8Array;
  /** Why it failed, for people. */
  readonly message?: string;
  /**
   * Called once the scheduler has taken the result: until then the attempt may have to be read again, by this executor or the
   * next; what is left of it can be removed now. Must not reject.
   */
  settled?(): Promise<void>;
}

/** Reasons of a signal for which nobody wants the work itself to end. */
const LET_GO: readonly unknown[] = ['lease-lost', 'drained', 'not-granted'];

/**
 * isLetGo says that this executor no longer holds the attempt, but nobody wants it ended: a runtime that `survives` leaves
 * what runs to the next executor, and resolves with STOPPED.
 */
export function isLetGo(signal: AbortSignal): boolean {
  return signal.aborted && LET_GO.includes(signal.reason);
}

/** ApiAccess lets the code of an attempt call the REST API: to put outputs before its end. */
export interface ApiAccess {
  /** Without a path: `https://maestro.example.com` */
  readonly url: string;
  /** Good until the attempt ends. */
  readonly token: string;
}

/** RuntimeContext is what the executor gives to one attempt. */
export interface RuntimeContext {
  /** The idempotency key: the same for every delivery of this attempt. */
  readonly attemptId: string;
  /** Aborts on cancel, time-out, lost lease and drain (the reason says which): stop everything, then resolve with STOPPED. */
  readonly signal: AbortSignal;
  /** W3C trace context of the attempt; undefined when it is not traced. */
  readonly traceparent: string | undefined;
  /** Absent when the executor was not told where the API is, or the step type runs no code of the user. */
  readonly access?: ApiAccess;
  /** log adds to the attempt's log. An attempt that never calls it costs no row. */
  log(stream: LogStreamName, data: Uint8Array | string): void;
  /** waits says that the attempt only waits for somebody else from now on: it takes no slot any more. */
  waits?(): void;
  /** progress adds artifacts to the step while it runs; a later dispatch of the attempt finds them in its task. */
  progress(artifacts: JsonObject): void;
}

/**
 * Runtime runs attempts of one step type. `start` resolves when nothing of the attempt runs any more. It must be
 * idempotent by attempt id as far as the outside world allows, and must not reject: a rejection counts as a platform
 * error.
 */
export interface Runtime {
  /** Canonical name of the step type in `libs/steps`. */
  readonly type: string;
  /** False: an attempt is over within the tick, inside this process, and occupies none of the executor's slots. */
  readonly takesSlot: boolean;
  /**
   * True: what it runs outlives this process (a container), found again by attempt id. Its attempts claim before they begin;
   * on drain and when the lease is lost they are let go (`isLetGo`), and handed out again. One that was cancelled meanwhile is
   * started with an aborted signal, to end what may be left of it. Absent = false; a function decides for each task.
   */
  readonly survives?: boolean | ((task: Task) => boolean);
  /** Milliseconds after its dispatch a fresh delivery may start without a claim; the task's own when it is shorter or this is absent. */
  readonly freshMillis?: number;
  /** How many more attempts it can begin now, of a runtime that does not take the executor's slots; absent: any number. */
  room?(): number;
  start(task: Task, context: RuntimeContext): Promise<RuntimeResult>;
}

/** outlivesExecutor says whether what a task runs goes on without the executor. */
export function outlivesExecutor({ survives = false }: Runtime, task: Task): boolean {
  return typeof survives === 'boolean' ? survives : survives(task);
}
