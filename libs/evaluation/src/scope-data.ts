import { HostError } from '@maestro/sel';
import type { ParamScope } from '@maestro/params';
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

/** answerQuestion calls the function of the scope that a worker asks for. Never throws. */
export function answerQuestion(scope: ParamScope, { fn, args }: Question): ScopeAnswer {
  try {
    return { kind: 'value', value: call(scope, fn, args) as Extract<ScopeAnswer, { kind: 'value' }>['value'] };
  } catch (error) {
    if (!(error instanceof HostError)) {
      return { kind: 'defect', message: error instanceof Error ? error.message : String(error) };
    }
    const { message, kind: errorKind, unknownName } = error;
    return { kind: 'error', message, errorKind, ...(unknownName === undefined ? {} : { unknownName }) };
  }
}

function call(scope: ParamScope, fn: string, args: Question['args']): unknown {
  const port = fn.startsWith(PORTS);
  const holder: object = port ? (scope.functions ?? {}) : scope;
  const name = port ? fn.slice(PORTS.length) : fn;
  const member = (Object.hasOwn(holder, name) ? Reflect.get(holder, name) : undefined) as ScopeFunction | undefined;
  if (typeof member !== 'function') throw new Error(`a worker asked for ${fn}, which its scope does not have`);
  return Reflect.apply(member, holder, args);
}
