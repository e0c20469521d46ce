import type { MessagePort } from 'node:worker_threads';
import type { FieldViolation, Millis, ParamDefinitions, Params, ParamValue } from '@maestro/domain';
import type { ConditionOutcome, DefinitionProblem, Exhausted, Failed, ParamsOutcome } from '@maestro/params';
import type { Limits, SelData, SelErrorKind } from '@maestro/sel';
import type { CheckTask, DryRunTask } from './task.js';

/** What the two threads say to each other. All of it is data, copied by the structured clone algorithm. */

/** Cells of the memory that both threads see. */
export const CELL = { answered: 0, current: 1, count: 2 } as const;

/** NOTHING in `CELL.current`: no expression is being evaluated. */
export const NOTHING = -1;

/** WorkerStart is what a worker gets when it is made. */
export interface WorkerStart {
  /** Carries the questions to the scope, and their answers. */
  readonly asking: MessagePort;
  readonly cells: SharedArrayBuffer;
}

/** ScopeData is a param scope as it travels: its data, and the names of the functions that can be asked. */
export interface ScopeData {
  readonly workflowParams?: Params;
  readonly stepId?: string;
  readonly stepParams?: Params;
  readonly functions: readonly string[];
}

interface Work {
  readonly scope: ScopeData;
  readonly limits: Limits;
  readonly at: Millis;
  readonly seed: bigint;
}

/** Job is one evaluation for a worker. */
export type Job =
  | (Work & { readonly kind: 'params'; readonly definitions: ParamDefinitions; readonly defaults: ParamDefinitions })
  | (Work & {
      readonly kind: 'conditions';
      readonly conditions: readonly { readonly text: string; readonly path: string }[];
    })
  | (Work & {
      readonly kind: 'expression';
      readonly text: string;
      readonly path: string;
      readonly variables: ReadonlyMap<string, SelData>;
    })
  | (Work & { readonly kind: 'check' } & CheckTask)
  | (Work & { readonly kind: 'dry-run' } & DryRunTask);

/** DryRunOutcome ends a `dry-run` job; `path` is what met the limit. */
export type DryRunOutcome =
  | { readonly kind: 'problems'; readonly problems: readonly DefinitionProblem[] }
  | (Exhausted & { readonly path: string | undefined });

/** ExpressionOutcome ends an `expression` job. */
export type ExpressionOutcome =
  { readonly kind: 'value'; readonly value: SelData | undefined; readonly type: string } | Exhausted | Failed;

/** Reply ends a job. `defect` = something threw that should not have. */
export type Reply =
  | { readonly kind: 'params'; readonly outcome: ParamsOutcome }
  | { readonly kind: 'conditions'; readonly outcomes: readonly ConditionOutcome[] }
  | { readonly kind: 'expression'; readonly outcome: ExpressionOutcome }
  | { readonly kind: 'dry-run'; readonly outcome: DryRunOutcome }
  | { readonly kind: 'check'; readonly violations: readonly FieldViolation[] }
  | { readonly kind: 'defect'; readonly message: string; readonly stack: string | undefined };

/** Question asks a function of the scope; the worker stands still until the answer is there. */
export interface Question {
  readonly fn: string;
  readonly args: readonly (string | number)[];
}

export type ScopeAnswer =
  | { readonly kind: 'value'; readonly value: ParamValue | null | undefined }
  | {
      readonly kind: 'error';
      readonly message: string;
      readonly errorKind: SelErrorKind;
      readonly unknownName?: string;
    }
  /** The function threw what no expression is meant to see: the job is given up. */
  | { readonly kind: 'defect'; readonly message: string };
