import { fillTank, type Compiler, type Environment, type Limits } from '@maestro/sel';
import type { EvaluationTools } from './evaluate-expression.js';
import { expressionScope } from './expression-scope.js';
import { ReferenceResolver, type OwnParams } from './reference-resolver.js';
import type { ParamScope } from './scope.js';

/** NO_OWN_PARAMS is for texts and conditions: nothing is under evaluation. */
export const NO_OWN_PARAMS: OwnParams = { evaluated: () => undefined, demand: () => undefined };

/** ToolsRequest is what every evaluation needs from outside. */
export interface ToolsRequest {
  readonly scope: ParamScope;
  readonly compiler: Compiler;
  readonly limits: Limits;
  /** Time and chance; without it an expression that asks for them is an error. */
  readonly environment?: Environment;
}

/** toolsFor sets up one evaluation with its own fuel and memory. */
export function toolsFor(request: ToolsRequest, ownParams: OwnParams): EvaluationTools {
  const { scope, compiler, limits, environment } = request;
  const references = new ReferenceResolver(scope, ownParams);
  const setting = { limits, tank: fillTank(limits), ...(environment ? { environment } : {}) };
  return { compiler, references, scope: expressionScope(scope, references), setting };
}
