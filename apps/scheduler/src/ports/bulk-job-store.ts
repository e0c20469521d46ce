import type { Millis, StepStatus, WorkflowInstanceStatus } from '@maestro/domain';

/** BulkWish is what somebody wants of many runs of a workflow, and of which. */
export interface BulkWish {
  readonly requestId: string;
  readonly workflowId: string;
  readonly action: 'STOP' | 'KILL' | 'PAUSE' | 'RESUME' | 'SKIP' | 'RESTART';
  /** Empty = those that the action fits. */
  readonly statuses: readonly WorkflowInstanceStatus[];
  /** Of a skip, and whose status counts. */
  readonly stepId: string;
  /** Empty = whatever the steps are. */
  readonly stepStatuses: readonly StepStatus[];
  readonly by: string;
  readonly reason: string;
}

/** BulkFailure is an instance that the action was refused for. */
export interface BulkFailure {
  readonly instance: string;
  readonly code: string;
  readonly message: string;
}

/** BulkState is how far a job is. */
export interface BulkState {
  /** What is done, as a place in the list of instances; undefined = nothing yet. */
  readonly cursor?: bigint | undefined;
  /** How many instances there were to look at when it began. */
  readonly total?: bigint | undefined;
  readonly done: number;
  readonly passedOver: number;
  readonly failed: number;
  /** The first 100. */
  readonly failures: readonly BulkFailure[];
}

/** BulkJob is an act on many runs, kept until a day after its end. */
export interface BulkJob extends BulkState {
  readonly jobId: bigint;
  readonly wish: BulkWish;
  /** It came to its end, or was called off. */
  readonly ended: boolean;
  readonly cancelled: boolean;
}

/** BulkJobStore keeps bulk jobs. */
export interface BulkJobStore {
  /** add keeps a job, or finds the one that the same request id has made. */
  add(wish: BulkWish, at: Millis): Promise<BulkJob>;
  find(jobId: bigint): Promise<BulkJob | undefined>;
  /** claim takes a job that nobody works on, until a time. */
  claim(owner: string, at: Millis, until: Millis): Promise<BulkJob | undefined>;
  /** save keeps how far a job is; false = it was called off, or another works on it. */
  save(jobId: bigint, owner: string, state: BulkState, until: Millis): Promise<boolean>;
  end(jobId: bigint, owner: string, at: Millis): Promise<void>;
  /** cancel calls a job off that has not ended; what it has done stays done. */
  cancel(jobId: bigint, at: Millis): Promise<void>;
  trim(endedBefore: Millis): Promise<void>;
}
