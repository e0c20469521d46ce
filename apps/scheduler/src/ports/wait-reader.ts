import type { Millis, RunKey, WorkflowKey } from '@maestro/domain';
import type { QueueRow } from '../rows/queue-row.js';

/** RunNumber names a run within its workflow. */
export interface RunNumber {
  readonly instanceId: bigint;
  readonly runId: bigint;
}

/** QueuePlace is where a run stands in its workflow's queue, and who stands before it. */
export interface QueuePlace {
  readonly queue: QueueRow | undefined;
  /** It waits for its run strategy. */
  readonly waiting: boolean;
  /** How many wait before it. */
  readonly ahead: bigint;
  /** The oldest runs that are under way; a few. */
  readonly running: readonly RunNumber[];
  /** The oldest failed runs that hold a STRICT_SEQUENTIAL queue; a few. */
  readonly blocking: readonly RunNumber[];
}

/** ReadyPlace is an attempt that waits for room in its pool. */
export interface ReadyPlace {
  readonly ordinal: number;
  readonly attempt: number;
  readonly since: Millis;
  /** How many of the pool have waited longer. */
  readonly ahead: bigint;
}

/** PermitPlace is a permit that an attempt waits for. */
export interface PermitPlace {
  readonly ordinal: number;
  readonly attempt: number;
  readonly tag: string;
  /** undefined = the limit was taken away. */
  readonly limit: number | undefined;
  readonly held: number;
  /** How many are served before it. */
  readonly ahead: bigint;
  /** Steps of the oldest holders, as `workflow/instance/step`; a few. */
  readonly holders: readonly string[];
}

/** ExecutorState is what an executor last said of itself; its lease may have run out. */
export interface ExecutorState {
  readonly executorId: string;
  readonly pool: string;
  readonly slots: number;
  readonly freeSlots: number;
  readonly draining: boolean;
  readonly stepTypes: readonly string[];
  readonly labels: readonly string[];
  readonly address: string;
  readonly expiresAt: Millis;
}

/** WaitReader knows what runs and attempts wait for outside of the engine. */
export interface WaitReader {
  place(workflowKey: WorkflowKey, run: RunNumber): Promise<QueuePlace>;
  ready(runKey: RunKey): Promise<readonly ReadyPlace[]>;
  /** Of the first attempts that asked; a hundred. */
  permits(runKey: RunKey): Promise<readonly PermitPlace[]>;
  /** All that are known; there are as many as machines. */
  executors(): Promise<readonly ExecutorState[]>;
}
