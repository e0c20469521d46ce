import {
  createCompiler,
  evaluate,
  HostError,
  paramsScope,
  SelError,
  type Environment,
  type Limits,
  type Scope,
} from '@maestro/sel';
import { errorAnswer, problemAnswer, valueAnswer, type Answer } from './answer.js';
import type { Params } from './sel-data.js';

/** Question is one expression and all that it may depend on. */
export interface Question {
  readonly expr: string;
  readonly params: Params;
  readonly limits: Limits;
  /** What the expression takes for the present moment: milliseconds since the epoch. */
  readonly nowMs: number;
}

/** Playground evaluates expressions outside of any workflow; an unknown name is NULL, as in the bare language. */
export class Playground {
  private readonly compiler = createCompiler({ cacheSize: 1_000 });

  answer({ expr, params, limits, nowMs }: Question): Answer {
    try {
      const outcome = evaluate(this.compiler.compile(expr), scopeOf(params), limits, environmentAt(nowMs));
      if (outcome.kind === 'value') return valueAnswer(outcome.value);
      return outcome.kind === 'error' ? errorAnswer(outcome.error) : exhausted(outcome.limit);
    } catch (error) {
      if (error instanceof SelError) return errorAnswer(error);
      throw error;
    }
  }
}

function exhausted(limit: string): Answer {
  return problemAnswer({
    kind: 'limit',
    message: `the expression needs more than its limit of ${limit}`,
    line: 1,
    column: 1,
  });
}

function environmentAt(nowMs: number): Environment {
  return { nowMs, random: Math.random };
}

function scopeOf(params: Params): Scope {
  return paramsScope((name) => params.get(name), {
    get: (name) => params.get(name) ?? null,
    containsKey: (name) => params.has(name),
    getFromStep: () => notHere('getFromStep'),
    getFromInstance: () => notHere('getFromInstance'),
  });
}

function notHere(fn: string): never {
  throw new HostError(`params.${fn} needs a run of a workflow; there is none here`);
}
