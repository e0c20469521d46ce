import type { ParamDefinitions } from './param.js';

/** RESTART_POLICIES say which steps of an instance run again; the last needs a step to begin with. */
export const RESTART_POLICIES = ['RESTART_FROM_INCOMPLETE', 'RESTART_FROM_BEGINNING', 'RESTART_FROM_SPECIFIC'] as const;
export type RestartPolicy = (typeof RESTART_POLICIES)[number];

/** RestartNode is an instance on the way of a restart, and the step of it that the way leads through. */
export interface RestartNode {
  readonly workflowId: string;
  readonly instanceId: bigint;
  /** Undefined: the instance as a whole. */
  readonly stepId?: string | undefined;
}

/** RestartConfig is what a restart asks for, as it is handed down from run to run (specification §3.3). */
export interface RestartConfig {
  /** Target first, root last: the last node is the instance that restarts now; one node = that is the target. */
  readonly path: readonly RestartNode[];
  /** Of the target. */
  readonly policy: RestartPolicy;
  /** Of everything below the target. */
  readonly downstreamPolicy: RestartPolicy;
  /** Over the params of the target's workflow. */
  readonly params: ParamDefinitions;
  /** Over the params of steps of the target, by step id. */
  readonly stepParams: Readonly<Record<string, ParamDefinitions>>;
  /** Over the params of steps inside loops, in all iterations below the target. */
  readonly iterationStepParams?: Readonly<Record<string, ParamDefinitions>> | undefined;
  /** Ids of steps of the target that are SKIPPED when their turn comes. */
  readonly skipSteps: readonly string[];
}

/** InstanceRestartBody is what a caller asks of an instance that is to run again. */
export interface InstanceRestartBody {
  readonly requestId: string;
  readonly requestTime?: number;
  readonly restartPolicy?: RestartPolicy;
  readonly runParams?: ParamDefinitions;
  readonly stepRunParams?: Readonly<Record<string, ParamDefinitions>>;
  readonly skipSteps?: readonly string[];
  /** `active`, `latest`, `default` or a number; absent = that of the run before. */
  readonly version?: string;
}

export const UPSTREAM_RESTART_MODES = ['RESTART_FROM_STEP', 'RESTART_FROM_INLINE_ROOT'] as const;
/** UpstreamRestartMode says whether a step restarts alone, or with the whole instance that the loops around it are in. */
export type UpstreamRestartMode = (typeof UPSTREAM_RESTART_MODES)[number];

/** StepRestartBody is what a caller asks of a step that is to run again. */
export interface StepRestartBody {
  readonly requestId: string;
  readonly requestTime?: number;
  /** Of the runs that the step starts. */
  readonly restartPolicy?: RestartPolicy;
  readonly stepRunParams?: ParamDefinitions;
  readonly upstreamRestartMode?: UpstreamRestartMode;
  readonly version?: string;
}
