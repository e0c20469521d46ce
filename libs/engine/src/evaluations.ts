import {
  evaluateCondition,
  evaluateParams,
  type ConditionOutcome,
  type EvaluationOptions,
  type ParamScope,
  type ParamsOutcome,
  type ParamsRequest,
} from '@maestro/params';

/** Evaluations does the evaluating itself, so that the shell can have it done elsewhere: see `EvaluationTask`. */
export interface Evaluations {
  params(request: ParamsRequest): ParamsOutcome;
  condition(text: string, scope: ParamScope, options: EvaluationOptions): ConditionOutcome;
}

/** IN_THREAD evaluates at once. */
export const IN_THREAD: Evaluations = { params: evaluateParams, condition: evaluateCondition };
