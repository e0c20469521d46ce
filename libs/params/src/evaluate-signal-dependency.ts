import type { Millis, SignalDependency, SignalMatches, SignalParamValue } from '@maestro/domain';
import { evaluateParams, type ParamsOutcome, type ParamsRequest } from './evaluate-params.js';
import type { Exhausted, Failed } from './failure.js';
import { interpolate } from './interpolate.js';
import { mapRecord } from './record.js';
import type { ToolsRequest } from './tools.js';

/** EvaluatedDependency is what a step waits for: a signal by name, and values that its params are compared with. */
export interface EvaluatedDependency {
  readonly name: string;
  readonly matchParams: SignalMatches;
}

export type DependencyOutcome = { readonly kind: 'value'; readonly value: EvaluatedDependency } | Exhausted | Failed;

/** DependencyRequest asks for one dependency of a step; its scope holds params of the workflow and of finished steps. */
export interface DependencyRequest extends ToolsRequest {
  readonly dependency: SignalDependency;
  readonly at: Millis;
  /** Names the dependency in violations. */
  readonly path: string;
  /** Who evaluates; default: at once, in this thread. */
  readonly evaluate?: (request: ParamsRequest) => ParamsOutcome;
}

/** evaluateSignalDependency evaluates the name and the match values of a signal dependency (spec 1.10): values are texts or LONGs. */
export function evaluateSignalDependency(request: DependencyRequest): DependencyOutcome {
  const { dependency, scope, path, evaluate = evaluateParams } = request;
  const name = interpolate(dependency.name, scope, `${path}.name`);
  if (name.kind === 'error') return name;
  const { matchParams = {} } = dependency;
  const outcome = evaluate({ ...request, definitions: mapRecord(matchParams, ({ param }) => param) });
  if (outcome.kind === 'exhausted') return outcome;
  if (outcome.kind === 'error') {
    return {
      kind: 'error',
      violations: outcome.violations.map((each) => ({ ...each, path: `${path}.match_params.${each.path}` })),
    };
  }
  const values = mapRecord(matchParams, ({ operator }, param) => ({
    value: outcome.params[param]?.evaluatedResult as SignalParamValue,
    operator,
  }));
  return { kind: 'value', value: { name: name.value, matchParams: values } };
}
