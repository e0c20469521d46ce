import type { Params, ParamType, ParamValue } from '@maestro/domain';

/** LoopParams are the arrays that a foreach goes over, in the order in which they were declared. */
export type LoopParams = readonly (readonly [name: string, values: readonly ScalarValue[]])[];
type ScalarValue = string | bigint | number | boolean;

/** CountedLoop: what a foreach goes over and how many iterations that makes, or why it cannot be gone over. */
export type CountedLoop =
  | { readonly kind: 'loop'; readonly params: LoopParams; readonly total: number }
  | { readonly kind: 'error'; readonly message: string };

/** countLoop reads the evaluated `loop_params` of a foreach; at most `limit` iterations. The product never overflows. */
export function countLoop(params: Params, limit: number): CountedLoop {
  const value = params['loop_params']?.evaluatedResult;
  if (value === undefined || typeof value !== 'object' || Array.isArray(value)) return error('loop_params is no MAP');
  const entries = Object.entries(value as Readonly<Record<string, ParamValue>>);
  const wrong = entries.filter(([, values]) => !Array.isArray(values)).map(([name]) => name);
  if (wrong.length > 0) return error(`loop_params.${wrong.join(', loop_params.')} must be an array to go over`);
  if (entries.length === 0) return error('loop_params is empty: it names no array to go over');
  const loop = entries as unknown as LoopParams;
  const total = loop.reduce((product, [, { length }]) => product * BigInt(length), 1n);
  if (total > BigInt(limit)) return error(`loop_params make ${total} iterations; at most ${limit} are allowed`);
  return { kind: 'loop', params: loop, total: Number(total) };
}

function error(message: string): CountedLoop {
  return { kind: 'error', message };
}

/** iterationValues are the values of one iteration: the first loop param varies fastest (specification §5.2). */
export function iterationValues(loop: LoopParams, index: number): Readonly<Record<string, ScalarValue>> {
  const values: Record<string, ScalarValue> = {};
  let rest = index;
  for (const [name, items] of loop) {
    const item = items[rest % items.length];
    if (item !== undefined) values[name] = item;
    rest = Math.floor(rest / items.length);
  }
  return values;
}

/** scalarType is the type that a param of this value has. */
export function scalarType(value: ScalarValue): ParamType {
  if (typeof value === 'bigint') return 'LONG';
  if (typeof value === 'number') return 'DOUBLE';
  return typeof value === 'boolean' ? 'BOOLEAN' : 'STRING';
}
