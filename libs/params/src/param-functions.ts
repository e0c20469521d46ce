import type { ParamValue } from '@maestro/domain';
import { HostError, type SelData } from '@maestro/sel';
import type { ReferenceResolver } from './reference-resolver.js';
import type { ParamFunctionPorts, ParamScope } from './scope.js';
import { answerOf, needPort, signalParam } from './signal-reference.js';

/** FunctionContext is what the functions of `params` read from. */
export interface FunctionContext {
  readonly scope: ParamScope;
  readonly references: ReferenceResolver;
  readonly toSel: (value: ParamValue) => SelData;
}

type ParamFunction = (context: FunctionContext, args: readonly string[]) => SelData;

/** FUNCTIONS are the functions of `params` by name and number of arguments, all of them texts (specification part 2 §8). */
const FUNCTIONS: ReadonlyMap<string, ParamFunction> = new Map<string, ParamFunction>([
  ['get/1', ({ references, toSel }, [name = '']) => orNull(references.workflowParam(name), toSel)],
  ['containsKey/1', ({ references }, [name = '']) => references.workflowParam(name) !== undefined],
  ['getFromStep/1', ({ scope, toSel }, [field = '']) => stepField(scope, field, toSel)],
  ['getFromStep/2', ({ references, toSel }, [step = '', name = '']) => toSel(references.stepParam(step, name))],
  ['getFromInstance/1', ({ scope, toSel }, [field = '']) => instanceField(scope, field, toSel)],
  ['getFromSignal/1', ({ scope, toSel }, [name = '']) => toSel(triggerParam(scope.functions, name))],
  ['getFromSignal/2', ({ scope, toSel }, [signal = '', name = '']) => toSel(signalParam(scope, signal, name))],
  ['getFromSignalOrDefault/3', signalParamOr],
  ['getFromSignalDependency/2', ({ scope, toSel }, args) => toSel(dependencyParam(scope.functions, args))],
  ['getFromForeach/3', ({ scope, toSel }, args) => toSel(foreachParam(scope.functions, args))],
  ['getFromSubworkflow/3', ({ scope, toSel }, args) => toSel(subworkflowParam(scope.functions, args))],
  ['nextUniqueId/0', ({ scope: { functions } }) => uniqueId(functions)],
  ['getExecutionEnvironment/0', ({ scope: { functions } }) => environmentName(functions)],
]);

/** callParamFunction answers `params.<fn>(..)`; throws HostError when there is no such function, or no answer here. */
export function callParamFunction(context: FunctionContext, fn: string, args: readonly string[]): SelData {
  const found = FUNCTIONS.get(`${fn}/${args.length}`);
  if (found) return found(context, args);
  const counts = [...FUNCTIONS.keys()].filter((key) => key.startsWith(`${fn}/`)).map((key) => key.split('/')[1]);
  const hint = counts.length === 0 ? '' : `: it takes ${counts.join(' or ')}`;
  throw new HostError(`params has no function ${fn} with ${args.length} argument(s)${hint}`, 'method');
}

function orNull(value: ParamValue | undefined, toSel: FunctionContext['toSel']): SelData {
  return value === undefined ? null : toSel(value);
}

function stepField(scope: ParamScope, field: string, toSel: FunctionContext['toSel']): SelData {
  const value = scope.stepField?.(field);
  if (value === undefined) throw new HostError(`getFromStep: a step has no field ${field} here`);
  return toSel(value);
}

/** A field without a value reads as empty text, as in the original. */
function instanceField(scope: ParamScope, field: string, toSel: FunctionContext['toSel']): SelData {
  const value = scope.instanceField?.(field);
  if (value === undefined) throw new HostError(`getFromInstance: an instance has no field ${field} here`);
  return value === null ? '' : toSel(value);
}

function triggerParam(ports: ParamFunctionPorts | undefined, name: string): ParamValue {
  needPort(ports?.triggerParam, 'getFromSignal', 'only a run that a signal started has params of its trigger');
  return answerOf(ports?.triggerParam?.(name), `getFromSignal: the signal trigger has no param ${name}`);
}

/** Whatever keeps the signal's param from being read, the answer is the default. */
function signalParamOr(context: FunctionContext, [signal = '', name = '', otherwise = '']: readonly string[]): SelData {
  try {
    return context.toSel(signalParam(context.scope, signal, name));
  } catch (error) {
    if (error instanceof HostError) return otherwise;
    throw error;
  }
}

function dependencyParam(ports: ParamFunctionPorts | undefined, [at = '', name = '']: readonly string[]): ParamValue {
  const fn = 'getFromSignalDependency';
  needPort(ports?.dependencyParam, fn, 'only a step that waited for signals has matched dependencies');
  if (!/^\d{1,4}$/.test(at))
    throw new HostError(`${fn}: ${JSON.stringify(at)} is no index of a dependency, counted from 0`);
  return answerOf(
    ports?.dependencyParam?.(Number(at), name),
    `${fn}: dependency ${at} matched no signal with a param ${name}`,
  );
}

function foreachParam(ports: ParamFunctionPorts | undefined, args: readonly string[]): ParamValue {
  const [loop = '', step = '', name = ''] = args;
  needPort(ports?.foreachParam, 'getFromForeach', 'only a step after a foreach step can read what its iterations did');
  const missing = `getFromForeach: foreach step ${loop} has no step ${step} with a param ${name}, or has not finished`;
  return answerOf(ports?.foreachParam?.(loop, step, name), missing);
}

function subworkflowParam(ports: ParamFunctionPorts | undefined, args: readonly string[]): ParamValue {
  const [child = '', step = '', name = ''] = args;
  needPort(ports?.subworkflowParam, 'getFromSubworkflow', 'only a step after a subworkflow step can read its instance');
  const missing = `getFromSubworkflow: the instance of ${child} has no step ${step} with a param ${name}, or has not finished`;
  return answerOf(ports?.subworkflowParam?.(child, step, name), missing);
}

function uniqueId(ports: ParamFunctionPorts | undefined): bigint {
  needPort(ports?.nextUniqueId, 'nextUniqueId', 'ids are given to runs only');
  return answerOf(ports?.nextUniqueId?.(), 'nextUniqueId: there is no id');
}

function environmentName(ports: ParamFunctionPorts | undefined): string {
  needPort(ports?.executionEnvironment, 'getExecutionEnvironment', 'the environment is known to runs only');
  return answerOf(ports?.executionEnvironment?.(), 'getExecutionEnvironment: no environment is configured');
}
