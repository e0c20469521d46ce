import type { AwaitedSignal, ParamDefinitions, RestartConfig, RunKey, WorkflowInstanceStatus } from '@maestro/domain';
import type { ChildState } from '../state.js';

/** RunPointer says in which run of an instance something really is. */
export interface RunPointer {
  readonly runKey: RunKey;
  readonly runId: bigint;
}

/** TakenStep points at the latest attempt of a step that ran in an earlier run of the instance. */
export interface TakenStep extends RunPointer {
  /** In the plan of the run that points. */
  readonly ordinal: number;
  /** In the plan of the run that is pointed at, where that is another version. */
  readonly there?: number | undefined;
  /** Ordinals of the successors that it leads to, where those of the row mean another version. */
  readonly taken?: readonly number[] | undefined;
}

/** StepRestart is what a person who restarts a step within its run wants of the new attempt. */
export interface StepRestart {
  /** Of the request: known again when that is repeated. */
  readonly requestId: string;
  readonly by: string;
  /** Over the params of the step. */
  readonly params: ParamDefinitions;
  /** For the runs that the step starts. */
  readonly below: RestartConfig;
  /** Of a subworkflow step: the run that an earlier attempt started. */
  readonly child?: ChildState | undefined;
}

/** RestartState is what a run knows of the runs of its instance before it. Written once, with the run. */
export interface RestartState {
  readonly config: RestartConfig;
  /** What it takes over is not known yet: it is found out when the run is launched. */
  readonly pending?: boolean | undefined;
  /** Over the params of steps of this run: what this restart and those before it changed. */
  readonly stepParams: RestartConfig['stepParams'];
  /** Who asked for the restart. */
  readonly by: string;
  /** The step that is to run whatever its predecessors are. */
  readonly target?: number | undefined;
  /** Ordinals of the steps that it begins with. */
  readonly roots: readonly number[];
  /** Steps that are complete and count as done here, by ordinal; flattened over all earlier runs. */
  readonly inherited: readonly TakenStep[];
  /** Steps that are not complete and do not run again: only the aggregated view knows them. */
  readonly left: readonly TakenStep[];
  /** Runs that subworkflow steps which run again had started. */
  readonly children?: readonly { readonly ordinal: number; readonly child: ChildState }[] | undefined;
  /** Signals that had freed steps which run again: they need not come once more. */
  readonly matched?:
    readonly { readonly ordinal: number; readonly dependencies: readonly AwaitedSignal[] }[] | undefined;
  /** The run before, and what its aggregated view said. */
  readonly previous: RunPointer & { readonly status: WorkflowInstanceStatus };
}
