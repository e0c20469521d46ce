import type { ParamDefinitions } from './param.js';
import type { RetryPolicy } from './retry.js';
import type { SignalDependency, SignalOutput } from './signal.js';
import type { Tag } from './tag.js';
import type { ParsableLong } from './time.js';

export const FAILURE_MODES = ['FAIL_IMMEDIATELY', 'FAIL_AFTER_RUNNING', 'IGNORE_FAILURE'] as const;
export type FailureMode = (typeof FAILURE_MODES)[number];

/** Transition names the successors of a step and the condition of each edge (`true` = unconditional). */
export interface Transition {
  readonly predecessors?: readonly string[];
  readonly successors?: Readonly<Record<string, string>>;
}

interface StepCommon {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly transition?: Transition;
  readonly failureMode?: FailureMode;
  readonly tags?: readonly Tag[];
  readonly timeout?: ParsableLong;
  readonly signalDependencies?: readonly SignalDependency[];
  readonly signalOutputs?: readonly SignalOutput[];
  readonly params?: ParamDefinitions;
}

/** LeafStep does work itself; its `type` is a registered step type such as NoOp, Sleep, Http, Shell. */
export interface LeafStep extends StepCommon {
  readonly kind: 'step';
  readonly type: string;
  readonly subType?: string;
  readonly subTypeVersion?: string;
  readonly retryPolicy?: RetryPolicy;
}

export interface SubworkflowStep extends StepCommon {
  readonly kind: 'subworkflow';
  /** Default true: the step waits for the child. */
  readonly sync?: boolean;
  /** Default false: the child gets all the parent's workflow params. */
  readonly explicitParams?: boolean;
}

export interface ForeachStep extends StepCommon {
  readonly kind: 'foreach';
  readonly concurrency?: number;
  readonly strictOrdering?: boolean;
  readonly steps: readonly Step[];
}

export interface WhileStep extends StepCommon {
  readonly kind: 'while';
  /** Boolean expression, evaluated before each iteration. */
  readonly condition: string;
  readonly steps: readonly Step[];
}

export interface TemplateStep extends StepCommon {
  readonly kind: 'template';
  readonly subType?: string;
  readonly subTypeVersion?: string;
}

export type Step = LeafStep | SubworkflowStep | ForeachStep | WhileStep | TemplateStep;
export type StepKind = Step['kind'];
