import type { InstanceIdentity, RunKey, WorkflowKey } from '@maestro/domain';
import type { EngineEvent, IterationsAsk, RecalledIterations, RunHeader, StepState } from '@maestro/engine';
import type { BatchRows, RunVersion } from '../rows/batch-rows.js';
import type { LockedPermits, PermitAsk } from '../rows/permit-rows.js';
import type { InstanceRun, QueueEntry, QueueRow } from '../rows/queue-row.js';

/** StoredRun is one run as its rows tell it. */
export interface StoredRun {
  readonly header: RunHeader;
  readonly ver: number;
  readonly admitted: boolean;
  readonly blocking: boolean;
  readonly wakeAt: number | undefined;
  readonly parkedReason: string | undefined;
  /** Latest attempts. */
  readonly steps: readonly StepState[];
}

/** RequestKey is a request for a run, by which its repetition is known. */
export interface RequestKey {
  readonly workflowKey: WorkflowKey;
  readonly requestId: string;
  /** Of a restart: the run that it makes; somebody else may have made it meanwhile. */
  readonly place?: { readonly instanceId: bigint; readonly runId: bigint } | undefined;
}

/** LockRequest names what a transaction locks, and reads under the locks. */
export interface LockRequest {
  /** Workflow queues; rows are created from `seeds` where they are missing. */
  readonly seeds: readonly QueueRow[];
  readonly workflowKeys: readonly WorkflowKey[];
  readonly requests: readonly RequestKey[];
  /** How many waiting runs to read per workflow. */
  readonly heads: readonly { readonly workflowKey: WorkflowKey; readonly count: number }[];
  /** Locked after the queues and before the runs; undefined = the batch has nothing to do with permits. */
  readonly permits?: PermitAsk | undefined;
  readonly runs: readonly RunVersion[];
}

/** Assumed is what a batch was decided on without having looked: checked under the locks of its commit. */
export interface Assumed {
  /** Queue rows as they must be. */
  readonly queues: readonly QueueRow[];
  /** Requests that must be new. */
  readonly requests: LockRequest['requests'];
}

export interface Locked {
  readonly queues: ReadonlyMap<WorkflowKey, QueueRow>;
  readonly requests: readonly InstanceRun[];
  readonly heads: readonly QueueEntry[];
  /** Set when it was asked for. */
  readonly permits?: LockedPermits | undefined;
  /** Runs that still are at the version asked for. */
  readonly runs: ReadonlySet<RunKey>;
}

/** OpenTransaction holds locks until `commit` or `rollback`. */
export interface OpenTransaction {
  readonly locked: Locked;
  commit(rows: BatchRows): Promise<CommitCounts>;
  rollback(): Promise<void>;
}

/** CommitCounts tells how many rows the bulk acts of a batch touched, in the order of `endAll` and `unblocks`. */
export interface CommitCounts {
  readonly ended: readonly { readonly queued: number; readonly running: number }[];
  readonly unblocked: readonly number[];
}

/**
 * RunStore is the commit loop's view of the database: one transaction a batch, one order of locks (queue rows, tags, then
 * run rows, each by key).
 */
export interface RunStore {
  /** Read runs with their latest attempts, in one round trip; unknown keys are left out. */
  load(runKeys: readonly RunKey[]): Promise<readonly StoredRun[]>;
  /**
   * Commit a batch in one round trip; `moved` when a run was not at its version any more, or what it assumed of queues and
   * requests was not so. Nothing is written then.
   */
  commitDirect(rows: BatchRows, assumed?: Assumed): Promise<'committed' | 'moved'>;
  /** Lock and read, for batches that start, end or admit runs. */
  begin(request: LockRequest): Promise<OpenTransaction>;
  /** The run of an iteration before this one; undefined = it is gone. */
  runBefore(identity: InstanceIdentity): Promise<RunKey | undefined>;
  /** What became of the iterations of a loop, as far as its restart asks. */
  iterations(workflowId: string, ask: IterationsAsk, kind: 'foreach' | 'while'): Promise<RecalledIterations>;
  /**
   * Was this batch committed? For when the connection broke while it was. After a no it cannot be, as long
   * as the row lies in the outbox that the question of this writer has left in its place.
   */
  wasCommitted(batchId: bigint, writer: string): Promise<boolean>;
  /** Park a run whose data cannot be written: its events wait for `unpark`. */
  park(runKey: RunKey, reason: string, events: readonly EngineEvent[]): Promise<void>;
}
