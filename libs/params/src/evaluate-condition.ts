import { typeOf, type Compiler, type Environment, type Limits } from '@maestro/sel';
import { evaluateExpression } from './evaluate-expression.js';
import { outcomeOf, ParamFailure, type Exhausted, type Failed } from './failure.js';
import type { ParamScope } from './scope.js';
import { NO_OWN_PARAMS, toolsFor } from './tools.js';

/** EvaluationOptions say how to evaluate one text; `path` names it in violations. */
export interface EvaluationOptions {
  readonly compiler: Compiler;
  readonly limits: Limits;
  /** Time and chance; without it an expression that asks for them is an error. */
  readonly environment?: Environment;
  /** Default `condition`. */
  readonly path?: string;
}

export type ConditionOutcome = { readonly kind: 'value'; readonly value: boolean } | Exhausted | Failed;

/** evaluateCondition evaluates a BOOLEAN expression; `true` and `false` by themselves are not even compiled. */
export function evaluateCondition(text: string, scope: ParamScope, options: EvaluationOptions): ConditionOutcome {
  const trimmed = text.trim();
  if (trimmed === 'true' || trimmed === 'false') return { kind: 'value', value: trimmed === 'true' };
  try {
    return { kind: 'value', value: booleanOf(text, scope, options) };
  } catch (error) {
    return outcomeOf(error);
  }
}

function booleanOf(text: string, scope: ParamScope, options: EvaluationOptions): boolean {
  const path = options.path ?? 'condition';
  const value = evaluateExpression(toolsFor({ scope, ...options }, NO_OWN_PARAMS), path, text);
  if (typeof value === 'boolean') return value;
  throw new ParamFailure({ path, message: `is expected to be a BOOLEAN but gave a ${typeOf(value)}` });
}
