import type { Millis, StepIdentity } from '@maestro/domain';

/** LogStreamName says who wrote a piece of a log; `system` is the executor itself. */
export type LogStreamName = 'stdout' | 'stderr' | 'system';

/** LogChunk is one piece of a log. */
export interface LogChunk {
  /** Grows along the log; not dense. Pieces of a later execution of the same attempt come later. */
  readonly sequence: number;
  readonly at: Millis;
  readonly stream: LogStreamName;
  readonly data: Uint8Array;
  /** Something is missing around it: the log had reached its size limit, or could not be stored fast enough. */
  readonly truncated: boolean;
  /** The attempt has ended; nothing follows. */
  readonly last: boolean;
}

/** StoredLogChunk is a chunk together with whose log it belongs to. */
export interface StoredLogChunk extends LogChunk {
  readonly of: StepIdentity;
}

/** LogStore keeps the logs of attempts, for all executors together. */
export interface LogStore {
  append(chunks: readonly StoredLogChunk[]): Promise<void>;
  /** read answers with the next chunks behind a sequence number, in order, at most `limit`. */
  read(of: StepIdentity, after: number, limit: number): Promise<readonly LogChunk[]>;
  /** readBack answers with the chunks before a sequence number, newest first, at most `limit`. */
  readBack(of: StepIdentity, before: number, limit: number): Promise<readonly LogChunk[]>;
  /** latestAttempt is the highest attempt of the step that has a log; undefined when none has. */
  latestAttempt(of: Omit<StepIdentity, 'attempt'>): Promise<number | undefined>;
  /** deleteBefore removes up to `limit` chunks that are older, and says how many it removed. */
  deleteBefore(at: Millis, limit: number): Promise<number>;
}

/** LogSignals tells when somebody, on any executor, appended to a log. */
export interface LogSignals {
  /** watch calls back after appends to that attempt's log (perhaps too often, never too seldom). Returns its end. */
  watch(of: StepIdentity, changed: () => void): Promise<() => void>;
}
