import type {
  FailureClass,
  Initiator,
  InstanceIdentity,
  JsonObject,
  Millis,
  ParamDefinitions,
  Params,
  RunKey,
  RunPolicy,
  StepSignals,
  StepStatus,
  Tag,
  WorkflowInstanceStatus,
  WorkflowKey,
} from '@maestro/domain';
import type { IterationRerun } from './loop/reruns.js';
import type { RestartState, RunPointer, StepRestart } from './restart/restart-state.js';

/** StepTimes says when each phase of an attempt was entered. */
export interface StepTimes {
  readonly create?: Millis | undefined;
  readonly initialize?: Millis | undefined;
  readonly pause?: Millis | undefined;
  readonly waitSignal?: Millis | undefined;
  readonly evaluateParam?: Millis | undefined;
  readonly waitPermit?: Millis | undefined;
  readonly start?: Millis | undefined;
  readonly execute?: Millis | undefined;
  readonly finish?: Millis | undefined;
  readonly end?: Millis | undefined;
}

/** RetryClassLimits: how often one failure class is retried and how long the waits are, evaluated when the step is created. */
export interface RetryClassLimits {
  readonly limit: number;
  /** Milliseconds: wait before the first retry. */
  readonly base: number;
  /** 1 = fixed waits. */
  readonly exponent: number;
  /** Milliseconds: the longest wait. */
  readonly cap: number;
}
export type RetryLimits = Readonly<Record<FailureClass, RetryClassLimits>>;
export type RetryCounts = Readonly<Record<FailureClass, number>>;

/** EvaluationPhase is what a step waits for when it has asked for an evaluation. */
export type EvaluationPhase = 'dependencies' | 'params' | 'conditions' | 'loop' | 'announcements';

/** Cancelling: the attempt is being stopped; `target` is its status once the executor has confirmed. */
export interface Cancelling {
  readonly target: 'STOPPED' | 'TIMED_OUT' | 'TIMEOUT_FAILED' | 'FATALLY_FAILED' | 'SKIPPED';
  readonly reason: string;
  readonly since: Millis;
}

/** LeafCounts counts leaf steps by status, those of all runs below included (specification §3.6). */
export type LeafCounts = Readonly<Partial<Record<StepStatus, number>>>;

/**
 * LoopState is what a foreach or while step knows of its iterations. It grows with what runs at the same time, never with the number of
 * iterations: each of them below `next` is either running or counted in `ended`.
 */
export interface LoopState {
  /** The run id that its iterations have. */
  readonly runId: number;
  /** How many iterations there are; undefined for a while, which does not know. */
  readonly total?: number | undefined;
  /** 0-based index of the next iteration to launch. */
  readonly next: number;
  /** Indexes of the iterations under way, ascending. */
  readonly running: readonly number[];
  readonly ended: Readonly<Partial<Record<WorkflowInstanceStatus, number>>>;
  /** Of a loop that restarts: how many iterations it had before, and how those ended that do not run again. */
  readonly known?: number | undefined;
  readonly kept?: Readonly<Partial<Record<WorkflowInstanceStatus, number>>> | undefined;
  /** Leaf steps of the iterations that have ended. */
  readonly rollup: LeafCounts;
}

/** ChildState is the run that a subworkflow step started; its place is known once it is stored. */
export interface ChildState {
  /** As JSON holds them: identities below 2^53. */
  readonly workflowId: string;
  readonly instanceId: number;
  readonly runId: number;
  readonly version: number;
  readonly status?: WorkflowInstanceStatus | undefined;
  readonly rollup?: LeafCounts | undefined;
}

/** ParentRef is the step of another run that started this one and hears of its end. */
export interface ParentRef {
  readonly runKey: RunKey;
  readonly ordinal: number;
  readonly attempt: number;
  /** 0-based, for an iteration of a loop. */
  readonly index?: number | undefined;
}

/** StepState is what is known of one attempt of a step. One database row. What is absent may as well be undefined. */
export interface StepState {
  readonly ordinal: number;
  readonly attempt: number;
  readonly status: StepStatus;
  /** Dispatch number: 0 = never handed out; raised on each re-dispatch of the attempt. */
  readonly dispatch: number;
  /** When the dispatch was published; undefined while it waits for room in its pool. Written by the shell. */
  readonly dispatchedAt?: Millis | undefined;
  /** The pool whose queue it was put into, when its params chose one. Written by the shell. */
  readonly pool?: string | undefined;
  /** The executor whose claim was granted. */
  /** Who holds the attempt (see holderOf). */
  readonly claimedBy?: string | undefined;
  readonly cancelling?: Cancelling | undefined;
  /** Evaluation of its params, conditions or the condition of its loop has been asked for. */
  readonly evaluating?: EvaluationPhase | undefined;
  /** Of a foreach or while that has begun. */
  readonly loop?: LoopState | undefined;
  /** Of a loop: iterations that were restarted while it runs. */
  readonly reruns?: readonly IterationRerun[] | undefined;
  /** Of a subworkflow whose run is stored. */
  readonly child?: ChildState | undefined;
  /** What it waits for or was freed by, and what it announces. */
  readonly signals?: StepSignals | undefined;
  /** The signal service has not answered yet, to waits or announcements. */
  readonly unanswered?: boolean | undefined;
  /** Names of the permits that it has asked for: it waits for them, or holds them until it ends. */
  readonly permits?: readonly string[] | undefined;
  /** Ordinals of the successors whose condition held; set when the step is complete. */
  readonly taken?: readonly number[] | undefined;
  readonly times: StepTimes;
  readonly retries: RetryCounts;
  /** Undefined while no attempt needed them (NoOp). */
  readonly retryLimits?: RetryLimits | undefined;
  /** Milliseconds from `times.start`. */
  readonly timeoutMillis?: number | undefined;
  /** When something happens by itself: end of sleep, next attempt, timeout. */
  readonly dueAt?: Millis | undefined;
  /** Of an attempt of an earlier run that counts as done in this one: where it is. Never written again. */
  readonly inherited?: RunPointer | undefined;
  /** Of an attempt that a person restarted within the run, and how often that was done to the step. */
  readonly restart?: StepRestart | undefined;
  readonly manualRetries?: number | undefined;
  /** Of an attempt that a person is ending: what a person wants to follow it then. The latest act counts. */
  readonly again?: StepRestart | undefined;
  /** Evaluated params; undefined until they are needed. */
  readonly params?: Params | undefined;
  readonly artifacts?: JsonObject | undefined;
}

/** Ending: the run as a whole is being brought to an end; its open steps are cancelled. */
export interface Ending {
  readonly status: 'STOPPED' | 'FAILED' | 'TIMED_OUT';
  readonly by: string;
  readonly reason: string;
  readonly since: Millis;
}

/** RunHeader is what is known of a run as a whole. One database row. */
export interface RunHeader extends InstanceIdentity {
  readonly runKey: RunKey;
  readonly workflowKey: WorkflowKey;
  readonly version: bigint;
  /** Revision of the job templates that its plan was compiled with; absent: its version uses none. */
  readonly templateRevision?: number | undefined;
  readonly tenant: string;
  readonly requestId: string;
  readonly correlationId: string;
  readonly status: WorkflowInstanceStatus;
  readonly initiator: Initiator;
  readonly runPolicy: RunPolicy;
  /** Of a run that is not the first of its instance. */
  readonly restart?: RestartState | undefined;
  readonly runtimeTags: readonly Tag[];
  readonly runParams: ParamDefinitions;
  readonly stepRunParams: Readonly<Record<string, ParamDefinitions>>;
  readonly artifacts: JsonObject;
  /** Evaluated workflow params. */
  readonly params: Params;
  /** Of an iteration: those of `params` that are its own; the others are those of its parent. */
  readonly ownParams?: Params | undefined;
  /** The step that started it and hears of its end. */
  readonly parent?: ParentRef | undefined;
  /** Of an iteration: ids of the loops that its plan lies in, outermost first. */
  readonly body?: readonly string[] | undefined;
  /** Its params are not evaluated yet; `since` is when that was last asked for. Until then it has neither params nor a time-out. */
  readonly evaluation?: { readonly since?: Millis | undefined } | undefined;
  /** How many leaf steps of all runs with the same correlation id may run at a time; undefined = any number. */
  readonly instanceStepConcurrency?: number | undefined;
  /** Milliseconds from `startTime`. */
  readonly timeoutMillis: number;
  readonly requestTime: Millis;
  readonly createTime: Millis;
  readonly startTime?: Millis;
  readonly endTime?: Millis;
  /** How many steps (their latest attempts) are in each status; steps that are not created are not counted. */
  readonly counts: Readonly<Partial<Record<StepStatus, number>>>;
  /** How many steps are under way: created and not finally ended (a retryable failure is under way). */
  readonly open: number;
  readonly ending?: Ending;
  /** Ordinals that a `continue` still has to work on, when a decision ran out of budget. */
  readonly backlog?: readonly number[];
  /** W3C trace context of the start. */
  readonly traceparent?: string;
}

/** JoinState counts a step's predecessors that are complete. Derived from the step rows, never stored. */
export interface JoinState {
  readonly arrived: number;
  readonly satisfied: boolean;
}

/** RunState is all that is known of one run. `decide` never changes it: it answers what changed. */
export interface RunState {
  readonly header: RunHeader;
  /** Latest attempt per ordinal; absent = not created. */
  readonly steps: ReadonlyMap<number, StepState>;
  readonly joins: ReadonlyMap<number, JoinState>;
  /** Ordinals of the steps that are under way (as many as `header.open`). Derived from the step rows, never stored. */
  readonly underWay: ReadonlySet<number>;
}
