import type { StepDefinitionLayers, TemplateBook } from '@maestro/params';
import type { Compiler } from '@maestro/sel';
import type {
  FailureMode,
  ParamDefinitions,
  ParsableLong,
  ResolvedTemplate,
  RetryPolicy,
  Step,
  Tag,
  Workflow,
  WorkflowKey,
} from '@maestro/domain';
import type { OnExecutorLost } from '@maestro/steps';
import type { PlanSettings } from './plan-settings.js';

/** Edge leads from a step to a successor; `condition` is an expression, "true" = always. */
export interface Edge {
  readonly to: number;
  readonly condition: string;
}

/** PlanStep is one step of a plan. Its position in `Plan.steps` is its ordinal. */
export interface PlanStep {
  readonly ordinal: number;
  readonly id: string;
  /** As it was pushed. */
  readonly definition: Step;
  /** Canonical step type: NoOp, Sleep, Shell, ... */
  readonly type: string;
  /** What the engine does with it: completes it itself, waits a time, hands it to a pool of executors, or starts runs below. */
  readonly runs: 'noop' | 'sleep' | 'dispatched' | 'foreach' | 'while' | 'subworkflow' | 'unsupported';
  /** What becomes of a dispatched attempt whose executor is gone. */
  readonly onExecutorLost: OnExecutorLost;
  /** Of a loop: the plan of its iterations. */
  readonly body?: Plan;
  /** Of a foreach: how many iterations run at a time, and whether they are counted from the first unfinished one. */
  readonly concurrency?: number;
  readonly strictOrdering?: boolean;
  /** Of a while: evaluated before each iteration. */
  readonly condition?: string;
  /** Of a subworkflow: whether it waits for the child, and whether the child gets only what the step declares. */
  readonly sync?: boolean;
  readonly explicitParams?: boolean;
  readonly pool: string;
  readonly predecessors: readonly number[];
  readonly successors: readonly Edge[];
  readonly failureMode: FailureMode;
  readonly retryPolicy: RetryPolicy;
  readonly timeout: ParsableLong | undefined;
  /** Defaults of the step type merged with the definition's. */
  readonly params: ParamDefinitions;
  /** The same, layer by layer: a run's own params go between them. */
  readonly layers: StepDefinitionLayers;
  readonly tags: readonly Tag[];
  /** Of a step that job templates give params and tags to. */
  readonly templates?: StepTemplates;
  /** Id of the template step in whose place it is: names of steps are looked up beside it first. */
  readonly templateStep?: string;
  /** Why it cannot run, as a sentence. */
  readonly problem?: string;
}

/** StepTemplates are the job templates of a step. */
export interface StepTemplates {
  /** Those of the template steps in whose place it is, outermost first; they lie below its own. */
  readonly around: readonly ResolvedTemplate[];
  /** Its `sub_type`: which version holds may be up to a param of the run. */
  readonly own?: { readonly jobType: string; readonly version?: string | undefined; readonly book: TemplateBook };
}

/** PlanLimits are what an installation allows its loops. */
export interface PlanLimits {
  /** Iterations of one loop. */
  readonly iterations: number;
}

/** Plan is a definition version compiled for running: immutable, shared by all runs of the version. */
export interface Plan {
  readonly workflowKey: WorkflowKey;
  readonly workflowId: string;
  readonly version: bigint;
  /** Revision of the job templates that it was compiled with; absent: it uses none. */
  readonly templateRevision?: number;
  readonly workflow: Workflow;
  /** Ids of the loops that it lies in, outermost first; empty for the plan of a whole version. */
  readonly body: readonly string[];
  readonly steps: readonly PlanStep[];
  readonly ordinals: ReadonlyMap<string, number>;
  /** Ids of template steps -> ordinals of the steps that end last in their place. */
  readonly exits: ReadonlyMap<string, readonly number[]>;
  /** The steps that start runs: loops and subworkflows. */
  readonly nested: readonly PlanStep[];
  /** Steps without predecessors. */
  readonly roots: readonly number[];
  readonly timeout: ParsableLong | undefined;
  readonly params: ParamDefinitions;
  readonly settings: PlanSettings;
  /** Compiles the plan's expressions, each once. */
  readonly compiler: Compiler;
  readonly limits: PlanLimits;
}
