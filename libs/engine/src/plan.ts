import type { Compiler } from '@maestro/sel';
import type {
  FailureMode,
  ParamDefinitions,
  ParsableLong,
  RetryPolicy,
  Tag,
  Workflow,
  WorkflowKey,
} from '@maestro/domain';

/** Edge leads from a step to a successor; `condition` is an expression, "true" = always. */
export interface Edge {
  readonly to: number;
  readonly condition: string;
}

/** PlanStep is one step of a plan. Its position in `Plan.steps` is its ordinal. */
export interface PlanStep {
  readonly ordinal: number;
  readonly id: string;
  /** Canonical step type: NoOp, Sleep, Shell, ... */
  readonly type: string;
  /** What the engine does with it: completes it itself, waits a time, or hands it to a pool of executors. */
  readonly runs: 'noop' | 'sleep' | 'dispatched' | 'unsupported';
  readonly pool: string;
  readonly predecessors: readonly number[];
  readonly successors: readonly Edge[];
  readonly failureMode: FailureMode;
  readonly retryPolicy: RetryPolicy;
  readonly timeout: ParsableLong | undefined;
  /** Defaults of the step type merged with the definition's. */
  readonly params: ParamDefinitions;
  readonly tags: readonly Tag[];
}

/** Plan is a definition version compiled for running: immutable, shared by all runs of the version. */
export interface Plan {
  readonly workflowKey: WorkflowKey;
  readonly workflowId: string;
  readonly version: bigint;
  readonly workflow: Workflow;
  readonly steps: readonly PlanStep[];
  readonly ordinals: ReadonlyMap<string, number>;
  /** Steps without predecessors. */
  readonly roots: readonly number[];
  readonly timeout: ParsableLong | undefined;
  readonly params: ParamDefinitions;
  /** Compiles the plan's expressions, each once. */
  readonly compiler: Compiler;
}
