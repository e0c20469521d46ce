import {
  MAX_PARAMS_CHARS,
  type Millis,
  type Param,
  type ParamDefinition,
  type ParamDefinitions,
  type Params,
  type ParamValue,
} from '@maestro/domain';
import { seededRandom, type Compiler, type Environment, type Limits } from '@maestro/sel';
import type { Converted } from './conversion.js';
import { evaluateDefinition } from './definition-evaluator.js';
import type { EvaluationTools } from './evaluate-expression.js';
import { LimitReached, ParamFailure, type Exhausted, type Failed, type ParamViolation } from './failure.js';
import { paramValueToJson } from './param-text.js';
import { own } from './record.js';
import type { OwnParams } from './reference-resolver.js';
import type { ParamScope } from './scope.js';
import { toolsFor } from './tools.js';

/** References that wait for each other may form a chain of this many params; far beyond any sensible definition. */
const MAX_CHAIN = 200;

/** ParamsRequest asks for the values of merged and cleaned definitions. */
export interface ParamsRequest {
  readonly definitions: ParamDefinitions;
  /** Evaluated only when something refers to them; those that were are in the answer too, before the others, but for RESERVED ones. */
  readonly defaults?: ParamDefinitions;
  readonly scope: ParamScope;
  readonly compiler: Compiler;
  /** For all params together. */
  readonly limits: Limits;
  /** Becomes `evaluatedTime`. */
  readonly at: Millis;
  /** Time and chance for the expressions; by default the time is `at`, and chance follows from it. */
  readonly environment?: Environment;
}

/** ParamsOutcome answers it; `error` lists every param that is wrong by itself, not those that only depend on one. */
export type ParamsOutcome = { readonly kind: 'values'; readonly params: Params } | Exhausted | Failed;

/**
 * evaluateParams evaluates all params in their order, a referenced one first (spec 2.5); cycles, unknown names and results of
 * the wrong type are errors.
 */
export function evaluateParams(request: ParamsRequest): ParamsOutcome {
  if (Object.keys(request.definitions).length === 0) return { kind: 'values', params: {} };
  const evaluation = new ParamsEvaluation(request);
  try {
    const violations = evaluation.run();
    return violations.length > 0 ? { kind: 'error', violations } : { kind: 'values', params: evaluation.params() };
  } catch (error) {
    if (error instanceof LimitReached) return { kind: 'exhausted', limit: error.limit };
    throw error;
  }
}

/** environmentAt is a time, and a chance that follows from a seed: the same evaluation again gives the same answer. */
export function environmentAt(at: Millis, seed = BigInt(at)): Environment {
  return { nowMs: at, random: seededRandom(seed) };
}

/** ParamsEvaluation evaluates params on demand; `run` demands all definitions. */
export class ParamsEvaluation implements OwnParams {
  private readonly tools: EvaluationTools;
  private readonly done = new Map<string, Converted>();
  private readonly failed = new Map<string, ParamFailure>();
  private readonly underWay = new Set<string>();
  private chars = 0;

  constructor(private readonly request: ParamsRequest) {
    this.tools = toolsFor({ ...request, environment: request.environment ?? environmentAt(request.at) }, this);
  }

  run(): readonly ParamViolation[] {
    for (const name of Object.keys(this.request.definitions)) {
      const failure = this.attempt(name);
      if (failure?.fatal) return [failure.violation];
    }
    return [...new Set(this.failed.values())].map((failure) => failure.violation);
  }

  params(): Params {
    const all = [...this.askedDefaults(), ...Object.entries(this.request.definitions)];
    return Object.fromEntries(all.map(([name, definition]) => [name, this.param(name, definition)]));
  }

  /** Most evaluations ask for none: then nothing is looked through. */
  private askedDefaults(): readonly [string, ParamDefinition][] {
    const { definitions, defaults = {} } = this.request;
    if (this.done.size <= Object.keys(definitions).length) return [];
    return Object.entries(defaults).filter(
      ([name, { internalMode }]) =>
        internalMode !== 'RESERVED' && this.done.has(name) && !Object.hasOwn(definitions, name),
    );
  }

  evaluated(name: string): ParamValue | undefined {
    return this.done.get(name)?.value;
  }

  demand(name: string): ParamValue | undefined {
    const definition = own(this.request.definitions, name) ?? this.defaultOf(name);
    if (definition === undefined) return undefined;
    const known = this.failed.get(name) ?? this.done.get(name);
    if (known instanceof ParamFailure) throw known;
    return (known ?? this.evaluate(name, definition)).value;
  }

  /** A default without a value is optional: it is not there. */
  private defaultOf(name: string): ParamDefinition | undefined {
    const definition = own(this.request.defaults, name);
    return definition?.expression === undefined && definition?.value === undefined ? undefined : definition;
  }

  private attempt(name: string): ParamFailure | undefined {
    try {
      this.demand(name);
      return undefined;
    } catch (error) {
      if (error instanceof ParamFailure) return error;
      throw error;
    }
  }

  private evaluate(name: string, definition: ParamDefinition): Converted {
    this.refuseChain(name);
    this.underWay.add(name);
    try {
      const converted = evaluateDefinition(this.tools, name, definition);
      this.charge(name, converted.value);
      this.done.set(name, converted);
      return converted;
    } catch (error) {
      if (error instanceof ParamFailure) this.failed.set(name, error);
      throw error;
    } finally {
      this.underWay.delete(name);
    }
  }

  private refuseChain(name: string): void {
    if (this.underWay.has(name)) {
      const chain = [...this.underWay, name];
      const cycle = chain.slice(chain.indexOf(name)).join(' -> ');
      throw new ParamFailure({ path: name, message: `contains a cyclic reference chain: ${cycle}` });
    }
    if (this.underWay.size >= MAX_CHAIN) {
      throw new ParamFailure({ path: name, message: `is at the end of a chain of more than ${MAX_CHAIN} references` });
    }
  }

  private charge(name: string, value: ParamValue): void {
    this.chars += name.length + paramValueToJson(value).length;
    if (this.chars <= MAX_PARAMS_CHARS) return;
    const message = `makes the evaluated params larger than ${MAX_PARAMS_CHARS} characters of JSON`;
    throw new ParamFailure({ path: name, message }, true);
  }

  private param(name: string, definition: ParamDefinition): Param {
    const converted = this.done.get(name);
    if (converted === undefined) throw new Error(`param ${name} was not evaluated`);
    const { value, note } = converted;
    const noted = note ? { ...definition, meta: { ...definition.meta, [note.level]: note.message } } : definition;
    return { definition: noted, evaluatedResult: value, evaluatedTime: this.request.at };
  }
}
