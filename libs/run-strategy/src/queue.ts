/** QueueCounts is a workflow's row in the queue as far as admission needs it; read under the row's lock, never from a cache. */
export interface QueueCounts {
  /** Instances that were launched and have not ended. */
  readonly running: number;
  /** Instances that wait to be launched. */
  readonly queued: number;
  /** Runs that failed and were neither unblocked nor restarted. */
  readonly blockingFailed: number;
  /** A paused workflow still takes starts and launches none. */
  readonly paused?: boolean;
  /** A closed workflow (it is being deleted) takes no starts and launches none. */
  readonly closed?: boolean;
}

/** StartDecision says how a new instance enters, and who gives way to it. */
export interface StartDecision {
  /** LAUNCH = it runs now, QUEUE = it waits, STOPPED = it is recorded as stopped and never runs. */
  readonly insert: 'LAUNCH' | 'QUEUE' | 'STOPPED';
  /** Every instance that waits is stopped. */
  readonly stopQueued: boolean;
  /** Every running instance is asked to stop; the new one waits until it has ended. */
  readonly stopRunning: boolean;
}

/** Strategy is what one rule decides; pausing and closing are decided before it is asked. */
export interface Strategy {
  /** How many instances may run at once; `concurrency` is what the user set, and counts for PARALLEL only. */
  limit(concurrency: number): number;
  /** Nothing may be launched for now, whatever the limit. */
  blocked(counts: QueueCounts): boolean;
  /** What a new instance does to the others, and whether it may enter at all. */
  onStart(counts: QueueCounts): {
    readonly refused: boolean;
    readonly stopQueued: boolean;
    readonly stopRunning: boolean;
  };
  /** Why a workflow with these counts may not change to this rule; undefined = it may. */
  refuseSwitch(counts: QueueCounts): string | undefined;
}
