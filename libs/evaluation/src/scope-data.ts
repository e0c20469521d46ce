import { HostError } from '@maestro/sel';
import type { ParamValue } from '@maestro/domain';
import type { ParamFunctionPorts, ParamScope } from '@maestro/params';
import type { Question, ScopeAnswer, ScopeData } from './messages.js';

type ScopeFunction = (...args: readonly (string | number)[]) => unknown;

/** PORTS marks the functions that stand in `scope.functions`. */
export const PORTS = 'functions.';

/** scopeData is what of a scope is sent along with the job. */
export function scopeData(scope: ParamScope): ScopeData {
  const { workflowParams, stepId, stepParams } = scope;
  return {
    ...(workflowParams === undefined ? {} : { workflowParams }),
    ...(stepId === undefined ? {} : { stepId }),
    ...(stepParams === undefined ? {} : { stepParams }),
    functions: [...namesOf(scope), ...namesOf(scope.functions ?? {}).map((name) => `${PORTS}${name}`)],
  };
}

function namesOf(holder: object): string[] {
  return Object.entries(holder).flatMap(([name, member]) => (typeof member === 'function' ? [name] : []));
}

/** LaterPorts answer functions of `params` that have to be looked up first; the worker that asks stands still meanwhile. */
export type LaterPorts = {
  readonly [Port in keyof ParamFunctionPorts]?: (
    ...args: Parameters<NonNullable<ParamFunctionPorts[Port]>>
  ) => Promise<ParamValue | undefined>;
};

/** AnsweringScope is what a worker's questions are answered from. */
export interface AnsweringScope {
  readonly scope: ParamScope;
  readonly later?: LaterPorts | undefined;
}

/** answerQuestion calls the function of the scope that a worker asks for. Never rejects. */
export async function answerQuestion(
  { scope, later = {} }: AnsweringScope,
  { fn, args }: Question,
): Promise<ScopeAnswer> {
  try {
    const port = fn.startsWith(PORTS) ? fn.slice(PORTS.length) : '';
    const value = Object.hasOwn(later, port)
      ? await call({ functions: later as object }, fn, args)
      : call(scope, fn, args);
    return { kind: 'value', value: value as Extract<ScopeAnswer, { kind: 'value' }>['value'] };
  } catch (error) {
    if (!(error instanceof HostError)) {
      return { kind: 'defect', message: error instanceof Error ? error.message : String(error) };
    }
    const { message, kind: errorKind, unknownName } = error;
    return { kind: 'error', message, errorKind, ...(unknownName === undefined ? {} : { unknownName }) };
  }
}

function call(scope: Pick<ParamScope, 'functions'>, fn: string, args: Question['args']): unknown {
  const port = fn.startsWith(PORTS);
  const holder: object = port ? (scope.functions ?? {}) : scope;
  const name = port ? fn.slice(PORTS.length) : fn;
  const member = (Object.hasOwn(holder, name) ? Reflect.get(holder, name) : undefined) as ScopeFunction | undefined;
  if (typeof member !== 'function') throw new Error(`a worker asked for ${fn}, which its scope does not have`);
  return Reflect.apply(member, holder, args);
}
