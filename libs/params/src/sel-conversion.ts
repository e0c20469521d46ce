import type { ParamValue, ParamValueMap } from '@maestro/domain';
import { isSelArray, type SelValue } from '@maestro/sel';

/** toSelValue gives a param's value to an expression. */
export function toSelValue(value: ParamValue): SelValue {
  if (typeof value !== 'object') return value;
  if (isArray(value)) return value;
  return new Map(Object.entries(value).map(([key, item]) => [key, toSelValue(item)]));
}

function isArray(value: object): value is Extract<ParamValue, readonly unknown[]> {
  return Array.isArray(value);
}

/** toParamValue takes a value out of an expression; undefined for NULL, which no param may hold. */
export function toParamValue(value: SelValue): ParamValue | undefined {
  if (value === null) return undefined;
  if (typeof value !== 'object' || isSelArray(value)) return value;
  return toParamMap(value);
}

function toParamMap(map: ReadonlyMap<string, SelValue>): ParamValueMap | undefined {
  const entries = [...map].map(([key, item]) => [key, toParamValue(item)] as const);
  if (entries.some(([, item]) => item === undefined)) return undefined;
  return Object.fromEntries(entries) as ParamValueMap;
}
