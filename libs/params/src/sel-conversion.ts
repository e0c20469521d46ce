import type { ParamValue, ParamValueMap } from '@maestro/domain';
import { isDataArray, type SelData, type SelDataMap } from '@maestro/sel';

/** toSelData gives a param's value to an expression. */
export function toSelData(value: ParamValue): SelData {
  if (typeof value !== 'object' || isArray(value)) return value;
  return new Map(Object.entries(value).map(([key, item]) => [key, toSelData(item)]));
}

function isArray(value: object): value is Extract<ParamValue, readonly unknown[]> {
  return Array.isArray(value);
}

/** toParamValue takes a value out of an expression; undefined for NULL, which no param may hold. */
export function toParamValue(data: SelData): ParamValue | undefined {
  if (data === null) return undefined;
  return typeof data !== 'object' || isDataArray(data) ? data : toParamMap(data);
}

function toParamMap(map: SelDataMap): ParamValueMap | undefined {
  const entries = [...map].map(([key, item]) => [key, toParamValue(item)] as const);
  if (entries.some(([, item]) => item === undefined)) return undefined;
  return Object.fromEntries(entries) as ParamValueMap;
}
