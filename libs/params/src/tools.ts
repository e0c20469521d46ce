import type { Compiler, Limits } from '@maestro/sel';
import type { EvaluationTools } from './definition-evaluator.js';
import { expressionScope } from './expression-scope.js';
import { ReferenceResolver, type OwnParams } from './reference-resolver.js';
import type { ParamScope } from './scope.js';

/** NO_OWN_PARAMS is for texts and conditions: nothing is under evaluation. */
export const NO_OWN_PARAMS: OwnParams = { evaluated: () => undefined, demand: () => undefined };

/** toolsFor sets up one evaluation with its own fuel. */
export function toolsFor(
  request: { readonly scope: ParamScope; readonly compiler: Compiler; readonly limits: Limits },
  ownParams: OwnParams,
): EvaluationTools {
  const references = new ReferenceResolver(request.scope, ownParams);
  const scope = expressionScope(request.scope, references);
  return { compiler: request.compiler, references, scope, tank: { fuel: request.limits.fuel } };
}
