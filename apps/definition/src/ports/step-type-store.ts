import type { Millis, WorkerType } from '@maestro/domain';

/** RegisteredType is a step type of workers as it is stored. */
export interface RegisteredType {
  readonly type: WorkerType;
  readonly createTime: Millis;
  /** When a worker for it was last known to be there. */
  readonly lastSeen: Millis;
}

/** StepTypeStore keeps the step types that remote workers run. */
export interface StepTypeStore {
  /** register adds what is new and answers with what is stored under the names of the given types, all versions. */
  register(types: readonly WorkerType[], now: Millis): Promise<readonly RegisteredType[]>;
  /** ofNames answers with all versions of types by their names, in any case. */
  ofNames(names: readonly string[]): Promise<readonly RegisteredType[]>;
  /** all are the newest-seen first, at most `limit`. */
  all(limit: number): Promise<readonly RegisteredType[]>;
}
