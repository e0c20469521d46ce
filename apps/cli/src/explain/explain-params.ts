import { MaestroError, type ParamDefinition, type ParamDefinitions, type Params } from '@maestro/domain';
import {
  cleanParams,
  DEFAULT_PARAMS,
  evaluateParams,
  explainMerge,
  type MergeExplanation,
  type MergeLayer,
  type MergeTouch,
  type ParamScope,
  type ParamViolation,
} from '@maestro/params';
import { createCompiler, PRESETS } from '@maestro/sel';

/** ExplainedValue is a param as it would be in a run, and how it came to be. */
export interface ExplainedValue {
  readonly name: string;
  readonly definition: ParamDefinition;
  readonly touches: readonly MergeTouch[];
  /** Absent when it cannot be evaluated here. */
  readonly value?: Params[string]['evaluatedResult'];
  /** Why it has no value. */
  readonly missing?: ParamViolation;
}

/** Explanation is what becomes of some params; `problems` are what is wrong with them, each once. */
export interface Explanation {
  readonly values: readonly ExplainedValue[];
  readonly params: Params;
  readonly problems: readonly ParamViolation[];
}

/** ExplainRequest are layers of params and what their expressions can see. */
export interface ExplainRequest {
  /** Where the params stand in the definition: `workflow`, `workflow.steps[0].step`. */
  readonly path: string;
  readonly defaults: ParamDefinitions;
  readonly layers: readonly MergeLayer[];
  readonly scope: ParamScope;
  readonly nowMs: number;
}

/** WORKFLOW_DEFAULTS and STEP_DEFAULTS are what the system puts under the params of people. */
export const { workflow: WORKFLOW_DEFAULTS, step: STEP_DEFAULTS } = DEFAULT_PARAMS;

/** explainParams merges, cleans and evaluates params; what is wrong with one does not hide the others. */
export function explainParams({ path, defaults, layers, scope, nowMs }: ExplainRequest): Explanation {
  const merged = explainMerge(defaults, layers);
  const cleaned = cleanEach(merged);
  const evaluated = evaluateEach(cleaned.definitions, scope, nowMs);
  const values = Object.entries(merged.params).map(([name, { definition, touches }]): ExplainedValue => {
    const value = evaluated.params[name]?.evaluatedResult;
    const missing = cleaned.missing.get(name) ?? evaluated.missing.get(name);
    return { name, definition, touches, ...(value !== undefined && { value }), ...(missing && { missing }) };
  });
  const failures = [...cleaned.missing.values(), ...evaluated.missing.values()].filter(isProblem);
  const problems = [...merged.violations, ...onePerPath(failures)];
  return {
    values,
    params: evaluated.params,
    problems: problems.map((each) => ({ ...each, path: `${path}.${each.path}` })),
  };
}

/** isProblem tells what is wrong from what only a run can answer, such as the params of a finished step. */
export function isProblem({ kind, unknownName }: ParamViolation): boolean {
  return kind !== 'host' || unknownName !== undefined;
}

/** The params that depend on a wrong one carry its problem. */
function onePerPath(violations: readonly ParamViolation[]): readonly ParamViolation[] {
  return [...new Map(violations.map((violation) => [`${violation.path} ${violation.message}`, violation])).values()];
}

interface Cleaned {
  readonly definitions: ParamDefinitions;
  readonly missing: ReadonlyMap<string, ParamViolation>;
}

function cleanEach({ params }: MergeExplanation): Cleaned {
  const missing = new Map<string, ParamViolation>();
  const entries = Object.entries(params).flatMap(([name, { definition }]) => {
    try {
      return Object.entries(cleanParams({ [name]: definition }));
    } catch (error) {
      const [violation] = error instanceof MaestroError ? error.violations : [];
      if (violation === undefined) throw error;
      missing.set(name, violation);
      return [];
    }
  });
  return { definitions: Object.fromEntries(entries), missing };
}

/** One after the other in their order, each together with those that went well before it, as in a run. */
function evaluateEach(all: ParamDefinitions, scope: ParamScope, at: number) {
  const request = { scope, at, compiler: createCompiler({ cacheSize: 1_000 }), limits: PRESETS.FULL };
  const missing = new Map<string, ParamViolation>();
  const whole = evaluateParams({ ...request, definitions: all });
  if (whole.kind === 'values') return { params: whole.params, missing };
  let [definitions, params]: [ParamDefinitions, Params] = [{}, {}];
  for (const [name, definition] of Object.entries(all)) {
    const tried = { ...definitions, [name]: definition };
    const outcome = evaluateParams({ ...request, definitions: tried, defaults: all });
    if (outcome.kind === 'values') [definitions, params] = [tried, outcome.params];
    else missing.set(name, pathed(name, outcome));
  }
  return { params, missing };
}

function pathed(
  name: string,
  outcome: Exclude<ReturnType<typeof evaluateParams>, { readonly kind: 'values' }>,
): ParamViolation {
  const [violation] = outcome.kind === 'error' ? outcome.violations : [];
  const limit = outcome.kind === 'exhausted' ? outcome.limit : '';
  const { path, ...rest } = violation ?? { path: name, message: `needs more than the limit of ${limit}` };
  return { path: `params.${path}`, ...rest };
}
