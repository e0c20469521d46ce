import {
  type Millis,
  type Param,
  type ParamDefinition,
  type ParamDefinitions,
  type Params,
  type ParamValue,
  type ParamValueMap,
} from '@maestro/domain';

/** OutputsApplied: the params of a step with what its execution returned, or why that is not accepted. */
export type OutputsApplied =
  { readonly kind: 'params'; readonly params: Params } | { readonly kind: 'error'; readonly message: string };

/**
 * applyOutputs puts the params that an execution returned over the step's own: each must be declared, MUTABLE and of its declared
 * type (specification §2.9). Maps are merged key by key, anything else is replaced.
 */
export function applyOutputs(params: Params, outputs: ParamDefinitions, at: Millis): OutputsApplied {
  const names = Object.keys(outputs);
  if (names.length === 0) return { kind: 'params', params };
  const problems = names.flatMap((name) => problemOf(name, params, outputs[name]));
  if (problems.length > 0) return { kind: 'error', message: `output params: ${problems.join('; ')}` };
  const applied = Object.entries(params).map(([name, param]): [string, Param] => [
    name,
    Object.hasOwn(outputs, name) ? applyOne(param, outputs[name], at) : param,
  ]);
  return { kind: 'params', params: Object.fromEntries(applied) };
}

function problemOf(name: string, params: Params, output: ParamDefinition | undefined): string[] {
  const declared = Object.hasOwn(params, name) ? params[name]?.definition : undefined;
  if (!declared) return [`${name} is not declared by the step: add it to the step's params`];
  if ((declared.mode ?? 'MUTABLE') !== 'MUTABLE') return [`${name} has mode ${declared.mode} and cannot be returned`];
  if (output?.type !== declared.type) return [`${name} is of type ${declared.type}, not ${output?.type}`];
  return output.value === undefined ? [`${name} has no value`] : [];
}

function applyOne(param: Param, output: ParamDefinition | undefined, at: Millis): Param {
  if (!output) return param;
  const value = valueOf(output);
  const merges = output.type === 'MAP' || output.type === 'STRING_MAP';
  const before = merges ? (param.evaluatedResult as ParamValueMap | undefined) : undefined;
  const evaluatedResult = before === undefined ? value : { ...before, ...(value as ParamValueMap) };
  return { definition: { ...param.definition, source: 'OUTPUT_PARAMETER' }, evaluatedResult, evaluatedTime: at };
}

/** Outputs are values: text in them is not interpolated. */
function valueOf(output: ParamDefinition): ParamValue {
  switch (output.type) {
    case 'DOUBLE':
      return Number(output.value);
    case 'DOUBLE_ARRAY':
      return (output.value ?? []).map(Number);
    case 'MAP':
      return Object.fromEntries(Object.entries(output.value ?? {}).map(([name, inner]) => [name, valueOf(inner)]));
    default:
      return output.value ?? '';
  }
}
