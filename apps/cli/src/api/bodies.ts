import type { Json, JsonObject, StepStatus, WorkflowInstanceStatus } from '@maestro/domain';

/** The parts of the API's answers that tables and views show. Whole numbers are bigint; times are ms since the epoch. */

/** StrategyBody is a run strategy. */
export interface StrategyBody {
  readonly rule: string;
  readonly workflow_concurrency?: bigint;
}

/** PropertiesBody are the settings of a workflow. */
export type PropertiesBody = JsonObject & { readonly owner?: Json; readonly run_strategy?: StrategyBody };

/** VersionBody is one version of a workflow. */
export interface VersionBody {
  readonly properties_snapshot?: PropertiesBody;
  readonly metadata: {
    readonly workflow_id: string;
    readonly workflow_version_id: bigint;
    readonly create_time: bigint;
    readonly version_author?: Json;
  };
  readonly workflow: JsonObject;
  readonly is_active?: boolean;
  readonly is_latest?: boolean;
  readonly is_default?: boolean;
}

/** PushBody is the answer to a push. */
export interface PushBody {
  readonly workflow_definition: VersionBody;
}

/** WorkflowSummaryBody is one line of the list of workflows. */
export interface WorkflowSummaryBody {
  readonly workflow_id: string;
  readonly name?: string;
  readonly owner?: Json;
  readonly run_strategy?: StrategyBody;
  readonly active_version_id?: bigint;
  readonly latest_version_id: bigint;
  readonly modify_time?: bigint;
}

/** PageBody is a page of a list. */
export interface PageBody<T> {
  readonly elements: readonly T[];
  readonly page_info: { readonly end_cursor?: string | bigint; readonly has_next_page?: boolean };
  readonly total_count: bigint;
}

/** StartBody is the answer to a start. */
export interface StartBody {
  readonly workflow_id: string;
  readonly workflow_version_id: bigint;
  readonly workflow_instance_id: bigint;
  readonly workflow_run_id: bigint;
  readonly workflow_uuid: string;
  readonly status: 'CREATED' | 'DUPLICATED' | 'STOPPED' | 'INTERNAL_ERROR';
  readonly request_differs?: boolean;
}

/** StepActionBody is the answer to an act on a step. */
export interface StepActionBody {
  readonly workflow_id: string;
  readonly workflow_instance_id: bigint;
  readonly workflow_run_id: bigint;
  readonly step_id: string;
  readonly step_attempt_id: bigint;
  readonly step_runtime_state?: { readonly status: StepStatus };
  readonly completed: boolean;
  readonly info: string;
}

/** BreakpointBody is a breakpoint; what it is not limited to is left out. */
export interface BreakpointBody {
  readonly workflow_id: string;
  readonly step_id: string;
  readonly workflow_version_id?: bigint;
  readonly workflow_instance_id?: bigint;
  readonly workflow_run_id?: bigint;
  readonly created_by?: string;
}

/** JobTemplateBody is a version of a job template. */
export interface JobTemplateBody {
  readonly metadata: { readonly status: string };
  readonly definition: {
    readonly job_type: string;
    readonly step_type: string;
    readonly version: string;
    readonly description?: string;
  };
}

/** StepTypeBody is one version of a step type of remote workers. */
export interface StepTypeBody {
  readonly name: string;
  readonly version: string;
  readonly doc?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly outputs?: readonly string[];
  readonly last_seen: number;
}

/** TagPermitBody is the limit of a tag; who uses it is there where one tag is asked for. */
export interface TagPermitBody {
  readonly tag: string;
  readonly max_allowed: bigint;
  readonly held: bigint;
  readonly waiting: bigint;
  readonly holders?: readonly PermitUserBody[];
  readonly waiters?: readonly PermitUserBody[];
}

/** PermitUserBody is an attempt that holds a permit or waits for it. */
export interface PermitUserBody {
  readonly workflow_id: string;
  readonly workflow_instance_id: bigint;
  readonly workflow_run_id: bigint;
  readonly step_id: string;
  readonly step_attempt_id: bigint;
}

/** TimeTriggerBody is a time trigger with its next firings; times are milliseconds since the epoch. */
export interface TimeTriggerBody {
  readonly trigger_id: string;
  readonly trigger: Readonly<Record<string, unknown>>;
  readonly status: string;
  readonly next_fire_time?: bigint;
  readonly fired_count: bigint;
  readonly skipped_count: bigint;
  readonly last_instance_id?: bigint;
  readonly paused_by?: string;
  readonly reason?: string;
  readonly next_nominal_times: readonly bigint[];
}

/** ExplainedTriggersBody: why triggers fired or do not. */
export interface ExplainedTriggersBody {
  /** Why there are none. */
  readonly findings: ExplainBody['explanations'];
  readonly triggers: readonly {
    readonly trigger_id?: string;
    readonly trigger_uuid?: string;
    readonly trigger: Readonly<Record<string, unknown>>;
    readonly findings: ExplainBody['explanations'];
  }[];
}

/** FiredTriggerBody is the run that a trigger was fired for. */
export interface FiredTriggerBody {
  readonly workflow_id: string;
  readonly workflow_instance_id: bigint;
  readonly duplicated: boolean;
  readonly nominal_time: bigint;
}

/** PausedStepBody is an attempt that waits at a breakpoint. */
export interface PausedStepBody {
  readonly workflow_id: string;
  readonly workflow_instance_id: bigint;
  readonly workflow_run_id: bigint;
  readonly step_id: string;
  readonly step_attempt_id: bigint;
}

/** BulkBody is how far an act on many runs is. */
export interface BulkBody {
  readonly job_id: bigint;
  readonly cancelled?: boolean;
  readonly total: bigint;
  readonly done: bigint;
  readonly passed_over: bigint;
  readonly failed: bigint;
  readonly failures: readonly { readonly workflow_instance_id: bigint; readonly message: string }[];
  readonly finished: boolean;
}

/** TimelineBody is one thing that happened. */
export interface TimelineBody {
  readonly type: string;
  readonly timestamp: bigint;
  readonly message?: string;
  readonly status?: string;
  readonly errors?: readonly string[];
}

/** InstanceBody is a run of an instance. */
export interface InstanceBody {
  readonly workflow_id: string;
  readonly workflow_instance_id: bigint;
  readonly workflow_run_id: bigint;
  readonly workflow_version_id: bigint;
  readonly status: WorkflowInstanceStatus;
  readonly initiator?: { readonly type: string; readonly user?: Json };
  readonly params?: JsonObject;
  readonly runtime_dag?: Readonly<Record<string, TransitionBody>>;
  readonly create_time?: bigint;
  readonly start_time?: bigint;
  readonly end_time?: bigint;
  readonly timeline?: readonly TimelineBody[];
  readonly parked_reason?: string;
}

/** TransitionBody is the place of a step in the graph. */
export interface TransitionBody {
  readonly predecessors?: readonly string[];
  readonly successors?: JsonObject;
}

/** StepBody is an attempt of a step. */
export interface StepBody {
  readonly workflow_id: string;
  readonly workflow_instance_id: bigint;
  readonly workflow_run_id: bigint;
  readonly step_id: string;
  readonly step_attempt_id: bigint;
  readonly runtime_state?: {
    readonly status: StepStatus;
    readonly create_time?: bigint;
    readonly start_time?: bigint;
    readonly end_time?: bigint;
    readonly modify_time?: bigint;
  };
  readonly step_retry?: { readonly next_attempt_time?: bigint };
  readonly params?: JsonObject;
  readonly artifacts?: JsonObject;
  readonly timeline?: readonly TimelineBody[];
  readonly executor_id?: string;
}

/** ActionBody is the answer to an act on a run or on a workflow. */
export interface ActionBody {
  readonly workflow_id?: string;
  readonly workflow_version_id?: bigint;
  readonly workflow_instance_id?: bigint;
  readonly workflow_instance_status?: WorkflowInstanceStatus;
  readonly completed?: boolean;
  readonly timeline_event?: TimelineBody;
}

/** ExplainBody says why something is not moving. */
export interface ExplainBody {
  readonly status: string;
  readonly explanations: readonly {
    readonly kind: string;
    readonly step_id?: string;
    readonly since?: bigint;
    readonly until?: bigint;
    readonly message: string;
    readonly remedy?: string;
  }[];
}

/** IterationBody is a step in one iteration of the loops around it. */
export interface IterationBody {
  readonly iteration_rank: string;
  readonly leaf_step_instance_ref: { readonly workflow_id: string; readonly workflow_instance_id: bigint };
  readonly loop_params?: Readonly<Record<string, { readonly evaluated_result?: Json }>>;
  readonly step_runtime_state: NonNullable<StepBody['runtime_state']>;
}

/** IterationSummaryBody is how the iterations of a step fare as a whole. */
export interface IterationSummaryBody {
  readonly count_by_status?: Readonly<Partial<Record<StepStatus, bigint>>>;
  readonly representative_iteration?: IterationBody;
  readonly loop_param_values: Readonly<Record<string, readonly string[]>>;
}

/** ComparedRunBody is one side of a comparison. */
export interface ComparedRunBody {
  readonly workflow_id: string;
  readonly workflow_instance_id: bigint;
  readonly workflow_run_id: bigint;
  readonly workflow_version_id: bigint;
  readonly status: WorkflowInstanceStatus;
  readonly duration?: bigint;
  readonly critical_path?: readonly string[];
}

interface ComparedStepBody {
  readonly status: StepStatus;
  readonly duration?: bigint;
}

/** ComparisonBody is two runs side by side. */
export interface ComparisonBody {
  readonly left: ComparedRunBody;
  readonly right: ComparedRunBody;
  readonly params: readonly { readonly name: string; readonly left?: string; readonly right?: string }[];
  readonly steps: readonly {
    readonly step_id: string;
    readonly left?: ComparedStepBody;
    readonly right?: ComparedStepBody;
  }[];
}
