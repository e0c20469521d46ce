import type { Millis, Param, ParamDefinition, ParamDefinitions, Params, ParamValue } from '@maestro/domain';
import { HostError, PRESETS, type Compiler, type Limits } from '@maestro/sel';
import { environmentAt, ParamsEvaluation } from '../evaluate-params.js';
import { LimitReached, ParamFailure } from '../failure.js';
import { own } from '../record.js';
import type { ParamScope } from '../scope.js';

/** DefaultsRequest is a run of which some defaults were not evaluated when it was created. */
export interface DefaultsRequest {
  readonly defaults: ParamDefinitions;
  /** What was evaluated: these win over the defaults, and defaults read them. */
  readonly params: Params;
  /** What params of the workflow see. */
  readonly scope: ParamScope;
  readonly compiler: Compiler;
  /** When the run was created: the time that its defaults are about. */
  readonly at: Millis;
}

/** For all defaults together: a few milliseconds at most, whatever is configured. */
const LIMITS: Limits = { ...PRESETS.IN_PLACE, fuel: 100_000 };

/**
 * DefaultsOnDemand evaluates the defaults of one run, each when it is first asked for. They follow from what the run fixed at its
 * creation (its time, initiator and params), so every later evaluation answers the same, and none has to be stored.
 */
export class DefaultsOnDemand {
  private readonly evaluation: ParamsEvaluation;

  constructor(private readonly request: DefaultsRequest) {
    const { defaults, params, compiler, at } = request;
    const scope = { ...request.scope, workflowParams: params };
    const rest = { definitions: {}, limits: LIMITS, environment: environmentAt(at) };
    this.evaluation = new ParamsEvaluation({ defaults, scope, compiler, at, ...rest });
  }

  /** The value of a default; undefined when there is no such default. Throws HostError when it cannot be evaluated. */
  value(name: string): ParamValue | undefined {
    if (Object.hasOwn(this.request.params, name)) return undefined;
    try {
      return this.evaluation.demand(name);
    } catch (error) {
      if (error instanceof ParamFailure) throw new HostError(`default param ${name}: ${error.message}`);
      if (error instanceof LimitReached) throw new HostError(`default param ${name} needs more than it may use`);
      throw error;
    }
  }

  /** All params of the run, its defaults first; one that cannot be evaluated has no value, one without content is left out. */
  all(): Params {
    return { ...this.some(Object.keys(this.request.defaults)), ...this.request.params };
  }

  /** The same of some defaults; a param that overrides one stands in its place. */
  some(names: readonly string[]): Params {
    const { defaults, params } = this.request;
    const found = names.flatMap((name): [string, Param][] => {
      const definition = own(defaults, name);
      const known =
        own(params, name) ?? (definition && hasContent(definition) ? this.param(name, definition) : undefined);
      return known === undefined ? [] : [[name, known]];
    });
    return Object.fromEntries(found);
  }

  private param(name: string, { internalMode: _, ...definition }: ParamDefinition): Param {
    const value = this.valueOrNothing(name);
    return value === undefined
      ? { definition }
      : { definition, evaluatedResult: value, evaluatedTime: this.request.at };
  }

  private valueOrNothing(name: string): ParamValue | undefined {
    try {
      return this.value(name);
    } catch (error) {
      if (error instanceof HostError) return undefined;
      throw error;
    }
  }
}

function hasContent({ value, expression }: ParamDefinition): boolean {
  return value !== undefined || expression !== undefined;
}
