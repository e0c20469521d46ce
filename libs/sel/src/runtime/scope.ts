import { HostError } from './error.js';
import type { SelData } from './data.js';

/**
 * Scope is everything an expression can see of its host. Both methods may throw HostError; any other error they throw
 * leaves `evaluate` untouched, so that a host can pass its own signals through an expression.
 */
export interface Scope {
  /**
   * The value of an identifier; undefined reads as NULL. `assign` says that the name is about to be given a value: a host
   * that refuses unknown names answers undefined then.
   */
  lookup(name: string, use?: 'assign'): SelData | undefined;
  /** A function of `params`: `params['x']` and `params.x` call `get`. Arguments are always strings. */
  call(fn: string, args: readonly string[]): SelData;
}

/** ParamFunctions are the functions of `params` in a paramsScope. */
export interface ParamFunctions {
  /** A workflow param, null when there is none. */
  get(name: string): SelData;
  containsKey(name: string): boolean;
  /** A field of the own step, or with two arguments a param of a finished upstream step. */
  getFromStep(fieldOrStepId: string, param?: string): SelData;
  /** A field of the workflow instance. */
  getFromInstance(field: string): SelData;
}

/** paramsScope makes a Scope of identifiers and the `params` functions. */
export function paramsScope(lookup: Scope['lookup'], functions: ParamFunctions): Scope {
  return { lookup, call: (fn, args) => callParamFunction(functions, fn, args) };
}

function callParamFunction(functions: ParamFunctions, fn: string, args: readonly string[]): SelData {
  const [first, second] = args;
  if (args.length === 1 && first !== undefined) {
    if (fn === 'get') return functions.get(first);
    if (fn === 'containsKey') return functions.containsKey(first);
    if (fn === 'getFromStep') return functions.getFromStep(first);
    if (fn === 'getFromInstance') return functions.getFromInstance(first);
  }
  if (args.length === 2 && first !== undefined && fn === 'getFromStep') return functions.getFromStep(first, second);
  throw new HostError(`params has no function ${fn} with ${args.length} argument(s)`, 'method');
}
