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
  StepStatus,
  Tag,
  WorkflowInstanceStatus,
  WorkflowKey,
} from '@maestro/domain';

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

/** Cancelling: the attempt is being stopped; `target` is its status once the executor has confirmed. */
export interface Cancelling {
  readonly target: 'STOPPED' | 'TIMED_OUT' | 'TIMEOUT_FAILED';
  readonly reason: string;
  readonly since: Millis;
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
  /** The executor whose claim was granted. */
  readonly claimedBy?: string | undefined;
  readonly cancelling?: Cancelling | undefined;
  /** Evaluation of its params or conditions has been asked for. */
  readonly evaluating?: 'params' | 'conditions' | undefined;
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
  readonly tenant: string;
  readonly requestId: string;
  readonly correlationId: string;
  readonly status: WorkflowInstanceStatus;
  readonly initiator: Initiator;
  readonly runPolicy: RunPolicy;
  readonly runtimeTags: readonly Tag[];
  readonly runParams: ParamDefinitions;
  readonly stepRunParams: Readonly<Record<string, ParamDefinitions>>;
  readonly artifacts: JsonObject;
  /** Evaluated workflow params. */
  readonly params: Params;
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
