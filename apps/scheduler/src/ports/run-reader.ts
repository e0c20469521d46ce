import type {
  AttemptKey,
  InstanceIdentity,
  Millis,
  RunKey,
  StepStatus,
  WorkflowInstanceStatus,
  WorkflowKey,
} from '@maestro/domain';
import type { LeafCounts, PreviousStep, RunHeader, RunsUnderWay, StepState, TimelineEntry } from '@maestro/engine';
import type { Page, PageAsk } from '@maestro/service';
import type { Planned } from './plan-of-run.js';
import type { InstanceRun, QueueRow } from '../rows/queue-row.js';

/** RunReference names a run the way people do; run 0 = the latest. It means the newest incarnation of the workflow id. */
export type RunReference = InstanceIdentity;

/** FoundRun is what a reference stands for now. */
export interface FoundRun extends InstanceIdentity {
  readonly runKey: RunKey;
  readonly workflowKey: WorkflowKey;
  readonly version: bigint;
  readonly templateRevision?: number | undefined;
  readonly latestRunId: bigint;
  readonly status: WorkflowInstanceStatus;
  /** Of an iteration: ids of the loops that its plan lies in. */
  readonly body?: readonly string[] | undefined;
}

/** RunSummary is a run as lists show it. */
export interface RunSummary {
  /** Raised by every commit that changes the run or its steps. */
  readonly ver: number;
  /** In lists without params. */
  readonly header: RunHeader;
  readonly modifyTime: Millis;
  readonly parkedReason: string | undefined;
  /** Let in by the run strategy. */
  readonly admitted: boolean;
  /** Its failure holds a STRICT_SEQUENTIAL queue. */
  readonly blocking: boolean;
}

/** RunPicture is all that is stored of a run. */
export interface RunPicture extends RunSummary {
  /** All attempts of all steps, by ordinal, then attempt. */
  readonly attempts: readonly StepState[];
  /** Oldest first; the newest ones when there are very many. */
  readonly timeline: readonly TimelineEntry[];
  /** Of a restarted run: what earlier runs left of the steps that do not run again. */
  readonly earlier: readonly PreviousStep[];
}

/** RunSketch is a run without what is large, and what tells which of its steps changed. */
export interface RunSketch {
  /** Without params of the run, params and artifacts of the attempts, and timeline. */
  readonly run: RunPicture;
  /** Differs from the one before when the step with this ordinal changed. */
  readonly revisions: ReadonlyMap<number, string>;
}

/** StepDetails is what a sketch leaves out. */
export type StepDetails = Pick<RunPicture, 'attempts' | 'timeline'>;

/** ListFilter chooses runs; a workflow alone, or none, lists the latest run of each instance. */
export interface ListFilter {
  readonly workflowId?: string;
  /** Only with `workflowId`: the runs of this instance. */
  readonly instanceId?: bigint;
  readonly statuses?: readonly WorkflowInstanceStatus[];
  readonly tenant?: string;
}

/** WorkflowCounts counts the instances of one workflow. */
export interface WorkflowCounts {
  readonly nonterminal: readonly { readonly status: WorkflowInstanceStatus; readonly count: bigint }[];
  /** 0 = it has none. */
  readonly latestInstanceId: bigint;
}

/** NotableLeaf is a leaf step that roll-ups refer to, and as much of its run as tells the step's id. */
export interface NotableLeaf
  extends InstanceIdentity, Pick<Planned, 'workflowKey' | 'version' | 'templateRevision' | 'body'> {
  readonly ordinal: number;
  readonly attempt: number;
  readonly status: StepStatus;
}

/** RunReader reads runs for people. It is not on the hot path: its pool is its own, and small. */
export interface RunReader {
  /** Resolve a reference, in one cheap look. Throws INSTANCE_NOT_FOUND, which says what there is. */
  find(reference: RunReference): Promise<FoundRun>;
  /** One attempt of a step, and the run it belongs to: what iterations share params with. undefined when its rows are gone. */
  attempt(key: AttemptKey): Promise<{ readonly header: RunHeader; readonly step: StepState } | undefined>;
  /** The run that a request made; undefined when there is none. */
  request(workflowKey: WorkflowKey, requestId: string): Promise<InstanceRun | undefined>;
  /** Everything of one run; an iteration lacks the params of its parent. Throws INSTANCE_NOT_FOUND. */
  read(reference: RunReference): Promise<RunPicture>;
  /** What following a run compares; undefined when its rows are gone. */
  sketch(runKey: RunKey): Promise<RunSketch | undefined>;
  /** The latest attempts of these steps; the events of these steps and of the run itself. */
  details(runKey: RunKey, ordinals: readonly number[]): Promise<StepDetails>;
  /** How many steps of runs that go on below a run are in each status, by the ordinal of the step that started them. */
  countsBelow(runKey: RunKey, underWay: readonly RunsUnderWay[]): Promise<ReadonlyMap<number, LeafCounts>>;
  /** Leaf steps of a run and of all below it that run, wait or have failed; `limit` of them when there are more. */
  notableLeaves(runKey: RunKey, limit: number): Promise<readonly NotableLeaf[]>;
  list(filter: ListFilter, ask: PageAsk): Promise<Page<RunSummary>>;
  /** The present incarnation's queue; undefined: this service has not heard of the workflow. */
  queue(workflowId: string): Promise<QueueRow | undefined>;
  counts(workflowKey: WorkflowKey): Promise<WorkflowCounts>;
}
