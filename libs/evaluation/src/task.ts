import type { FieldViolation, Millis, ParamDefinitions, PushRequest, UsedStepType, Workflow } from '@maestro/domain';
import type { ContentChecks } from '@maestro/dsl';
import type { ConditionOutcome, DefinitionProblem, Failed, ParamScope, ParamsOutcome } from '@maestro/params';
import type { SelData } from '@maestro/sel';
import type { LaterPorts } from './scope-data.js';

interface Asked {
  /** The present, for expressions that ask for it. */
  readonly at: Millis;
  /** Seeds the random values of this evaluation. */
  readonly seed: bigint;
  /** Whose work it is: a workflow. Owners take turns, so that one with much to evaluate does not hold up the others. */
  readonly owner: string;
}

interface Scoped extends Asked {
  /** What the expressions can see. Its functions are asked from the worker one answer at a time: what is large stays where it is. */
  readonly scope: ParamScope;
  /** Answers that have to be looked up; in place of the functions of the same name in the scope, which tell that by LimitReached. */
  readonly later?: LaterPorts | undefined;
}

/** ParamsTask asks for the values of merged and cleaned definitions. */
export interface ParamsTask extends Scoped {
  readonly definitions: ParamDefinitions;
  /** Evaluated only when something refers to them. */
  readonly defaults?: ParamDefinitions;
}

/** ConditionsTask asks for the truth of BOOLEAN expressions, in their order; `path` names each in violations. */
export interface ConditionsTask extends Scoped {
  readonly conditions: readonly { readonly text: string; readonly path: string }[];
}

/** ExpressionTask asks for the value of one expression of the bare language. */
export interface ExpressionTask extends Asked {
  readonly text: string;
  readonly variables: ReadonlyMap<string, SelData>;
  /** Names the expression in violations. */
  readonly path: string;
}

/** CheckTask asks for all that is wrong with a definition, its expressions included. */
export interface CheckTask {
  readonly request: PushRequest;
  /** Which mistakes in expressions count. */
  readonly content: ContentChecks;
  /** What the types of workers mean that it uses. */
  readonly workerTypes?: readonly UsedStepType[];
}

/** DryRunTask asks for what evaluating a definition without a run shows to be wrong. */
export interface DryRunTask {
  readonly workflow: Workflow;
  readonly at: Millis;
}

/** ParamsAnswer is the end of a ParamsTask: larger limits there are none, so a limit that was met is an error of the user. */
export type ParamsAnswer = Extract<ParamsOutcome, { kind: 'values' }> | Failed;

/** ConditionAnswer is the end of one condition. */
export type ConditionAnswer = Extract<ConditionOutcome, { kind: 'value' }> | Failed;

/** ExpressionAnswer: `value` is undefined for what is no data (a date, nothing at all); `type` is the language's name for it. */
export type ExpressionAnswer =
  { readonly kind: 'value'; readonly value: SelData | undefined; readonly type: string } | Failed;

/**
 * Evaluator evaluates with full limits without holding up whoever asks. Rejects with OVERLOADED (try again later) when too much
 * waits already, with UNAVAILABLE when it is being closed, and with whatever a function of the scope threw.
 */
export interface Evaluator {
  params(task: ParamsTask): Promise<ParamsAnswer>;
  /** A limit that one condition meets ends the evaluation of all: then each answer is that error. */
  conditions(task: ConditionsTask): Promise<readonly ConditionAnswer[]>;
  expression(task: ExpressionTask): Promise<ExpressionAnswer>;
}

/** DefinitionChecker looks through definitions: a large one takes longer than a thread that serves others may be away. Rejects as Evaluator. */
export interface DefinitionChecker {
  /** What its types do not rule out: its rules, its expressions and texts. */
  check(task: CheckTask): Promise<readonly FieldViolation[]>;
  /** What evaluating it shows without a run; a limit that is met is one of the problems. */
  dryRun(task: DryRunTask): Promise<readonly DefinitionProblem[]>;
}
