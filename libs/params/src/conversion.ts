import type { ParamType, ParamValue, ParamValueMap } from '@maestro/domain';
import { parseBoolean, parseLong } from './literal-cast.js';
import { paramValueToText } from './param-text.js';
import { mapRecord } from './record.js';
import { valueType } from './value-type.js';

/** Converted is a value as its param holds it. */
export interface Converted {
  readonly value: ParamValue;
  /** How surprising the conversion was; told to the user in the param's meta. */
  readonly note?: { readonly level: 'info' | 'warn'; readonly message: string };
}

type Scalar = string | bigint | number | boolean;

/** convert gives a value as the declared type (spec 2.1); undefined when there is no such conversion. */
export function convert(value: ParamValue, type: ParamType): Converted | undefined {
  if (typeof value !== 'object') return convertScalar(value, type);
  return Array.isArray(value)
    ? convertArray(value as readonly Scalar[], type)
    : convertMap(value as ParamValueMap, type);
}

function convertScalar(value: Scalar, type: ParamType): Converted | undefined {
  if (valueType(value) === type) return { value };
  if (type === 'DOUBLE' && typeof value === 'bigint') return { value: Number(value) };
  if (type === 'STRING') return noted(paramValueToText(value), 'info', value, type);
  if (typeof value !== 'string') return undefined;
  if (type === 'LONG') return noted(parseLong(value), 'warn', value, type);
  return type === 'BOOLEAN' ? noted(parseBoolean(value), 'warn', value, type) : undefined;
}

function noted(
  converted: ParamValue | undefined,
  level: 'info' | 'warn',
  value: ParamValue,
  type: ParamType,
): Converted | undefined {
  if (converted === undefined) return undefined;
  return { value: converted, note: { level, message: `implicitly converted from ${valueType(value)} to ${type}` } };
}

function convertArray(items: readonly Scalar[], type: ParamType): Converted | undefined {
  const value = items as ParamValue;
  const actual = valueType(value);
  if (actual === type || (actual === 'EMPTY_ARRAY' && type.endsWith('_ARRAY'))) return { value };
  return type === 'STRING_ARRAY' ? noted(items.map(paramValueToText), 'info', value, type) : undefined;
}

function convertMap(value: ParamValueMap, type: ParamType): Converted | undefined {
  if (type === 'MAP') return { value };
  if (type !== 'STRING_MAP' || Object.values(value).some((item) => typeof item === 'object')) return undefined;
  return { value: mapRecord(value, paramValueToText) };
}
