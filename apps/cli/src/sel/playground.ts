import {
  compile,
  createCompiler,
  evaluate,
  HostError,
  MAX_TEXT_CHARS,
  SelError,
  type Compiled,
  type Environment,
  type Limits,
  type Scope,
  type SelData,
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
      const compiled = this.compile(expr, limits);
      const outcome = evaluate(compiled, scopeOf(params), limits, environmentAt(nowMs));
      if (outcome.kind === 'value') return valueAnswer(outcome.value);
      return outcome.kind === 'error' ? errorAnswer(outcome.error) : exhausted(outcome.limit);
    } catch (error) {
      if (error instanceof SelError) return errorAnswer(error);
      throw error;
    }
  }

  /** The cache keeps texts of the usual length only. */
  private compile(expr: string, { length }: Limits): Compiled {
    return length > MAX_TEXT_CHARS ? compile(expr, { length }) : this.compiler.compile(expr);
  }
}

/** LIMITS are what people call the limits that an evaluation can use up. */
const LIMITS: Readonly<Record<string, string>> = { fuel: 'visit' };

function exhausted(limit: string): Answer {
  return problemAnswer({
    kind: 'limit',
    message: `the expression needs more than its limit of ${LIMITS[limit] ?? limit}`,
    line: 1,
    column: 1,
  });
}

function environmentAt(nowMs: number): Environment {
  return { nowMs, random: Math.random };
}

/** RUN_FUNCTIONS of `params` ask for what only a run of a workflow has. */
const RUN_FUNCTIONS: ReadonlySet<string> = new Set([
  'getFromStep',
  'getFromInstance',
  'getFromSignal',
  'getFromSignalOrDefault',
  'getFromSignalDependency',
  'getFromForeach',
  'getFromSubworkflow',
  'nextUniqueId',
  'getExecutionEnvironment',
]);

function scopeOf(params: Params): Scope {
  return { lookup: (name) => params.get(name), call: (fn, args) => callFunction(params, fn, args) };
}

function callFunction(params: Params, fn: string, args: readonly string[]): SelData {
  const [name] = args;
  if (name !== undefined && args.length === 1) {
    if (fn === 'get') return params.get(name) ?? null;
    if (fn === 'containsKey') return params.has(name);
  }
  if (RUN_FUNCTIONS.has(fn)) throw new HostError(`params.${fn} needs a run of a workflow; there is none here`);
  throw new HostError(`params has no function ${fn} with ${args.length} argument(s)`, 'method');
}
