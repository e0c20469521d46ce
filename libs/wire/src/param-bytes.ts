import type { Json, JsonObject, Param, ParamDefinitions, Params, ParamValueMap } from '@maestro/domain';
import { decodeExactJson, encodeExactJson, exactJsonText, parseExactJson } from './exact-json.js';
import { mapValues, present } from './present.js';

/** encodeParamValues: evaluated values as a plain JSON object in UTF-8, as runtimes and workers receive them. */
export function encodeParamValues(values: ParamValueMap): Uint8Array {
  return encodeExactJson(values);
}

/** decodeParamValues reverses `encodeParamValues`: whole numbers are LONGs, numbers with a `.` or exponent DOUBLEs. */
export function decodeParamValues(bytes: Uint8Array): ParamValueMap {
  return decodeExactJson(bytes) as ParamValueMap;
}

/** encodeParamDefinitions: definitions in the domain's own shape; for rows and messages between our own processes. */
export function encodeParamDefinitions(params: ParamDefinitions): Uint8Array {
  return encodeExactJson(params as unknown as JsonObject);
}

/** decodeParamDefinitions reverses `encodeParamDefinitions`. */
export function decodeParamDefinitions(bytes: Uint8Array): ParamDefinitions {
  return decodeExactJson(bytes) as unknown as ParamDefinitions;
}

/** paramsText is `encodeParams` as text. */
export function paramsText(params: Params): string {
  return exactJsonText(mapValues(params, paramToRow));
}

/** parseParams reverses `paramsText`. */
export function parseParams(text: string): Params {
  return mapValues(parseExactJson(text) as unknown as Readonly<Record<string, ParamRow>>, paramFromRow);
}

/** encodeParams: params with their results in the domain's own shape; for rows and messages between our own processes. */
export function encodeParams(params: Params): Uint8Array {
  return encodeExactJson(mapValues(params, paramToRow));
}

/** decodeParams reverses `encodeParams`. */
export function decodeParams(bytes: Uint8Array): Params {
  return mapValues(decodeExactJson(bytes) as unknown as Readonly<Record<string, ParamRow>>, paramFromRow);
}

type ParamRow = Omit<Param, 'evaluatedTime'> & { readonly evaluatedTime?: bigint };

function paramToRow(param: Param): Json {
  const { evaluatedTime } = param;
  const row = { ...param, evaluatedTime: evaluatedTime === undefined ? undefined : BigInt(evaluatedTime) };
  return row as unknown as JsonObject;
}

function paramFromRow(row: ParamRow): Param {
  const { evaluatedTime } = row;
  return present({ ...row, evaluatedTime: evaluatedTime === undefined ? undefined : Number(evaluatedTime) });
}
