import type { ParamType, ParamValue } from '@maestro/domain';
import { isSelArray, textOf, typeOf, type SelValue } from '@maestro/sel';
import { parseBoolean, parseLong } from './literal-cast.js';
import { toParamValue } from './sel-conversion.js';

/** Converted is the result of an expression as its param holds it. */
export interface Converted {
  readonly value: ParamValue;
  /** How surprising the conversion was; told to the user in the param's meta. */
  readonly note?: { readonly level: 'info' | 'warn'; readonly message: string };
}

/** convert gives an expression's result as the declared type (spec 2.1); undefined when there is no such conversion. */
export function convert(value: SelValue, type: ParamType): Converted | undefined {
  if (value === null) return undefined;
  if (isSelArray(value)) return convertArray(value, type);
  if (value instanceof Map) return convertMap(value, type);
  return convertScalar(value as string | bigint | number | boolean, type);
}

function convertScalar(value: string | bigint | number | boolean, type: ParamType): Converted | undefined {
  if (typeOf(value) === type) return { value };
  if (type === 'DOUBLE' && typeof value === 'bigint') return { value: Number(value) };
  if (type === 'STRING') return noted(textOf(value), 'info', value, type);
  if (typeof value !== 'string') return undefined;
  if (type === 'LONG') return noted(parseLong(value), 'warn', value, type);
  return type === 'BOOLEAN' ? noted(parseBoolean(value), 'warn', value, type) : undefined;
}

function noted(
  converted: ParamValue | undefined,
  level: 'info' | 'warn',
  value: SelValue,
  type: ParamType,
): Converted | undefined {
  if (converted === undefined) return undefined;
  return { value: converted, note: { level, message: `implicitly converted from ${typeOf(value)} to ${type}` } };
}

function convertArray(value: Extract<SelValue, readonly unknown[]>, type: ParamType): Converted | undefined {
  const actual = typeOf(value);
  if (actual === type || (actual === 'EMPTY_ARRAY' && type.endsWith('_ARRAY'))) return { value };
  return type === 'STRING_ARRAY' ? { value: value.map((item) => textOf(item)) } : undefined;
}

function convertMap(map: ReadonlyMap<string, SelValue>, type: ParamType): Converted | undefined {
  if (type !== 'MAP' && type !== 'STRING_MAP') return undefined;
  const value = toParamValue(map);
  if (value === undefined || type === 'MAP') return value === undefined ? undefined : { value };
  if ([...map.values()].some((item) => typeof item === 'object')) return undefined;
  return { value: Object.fromEntries([...map].map(([key, item]) => [key, textOf(item)])) };
}
