import type { Json, JsonObject } from '@maestro/domain';
import type { SelData } from '@maestro/sel';
import { inferType } from '../params/infer-type.js';
import { InputError } from './input-error.js';

const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;

/** Params are the names that an expression can read. */
export type Params = ReadonlyMap<string, SelData>;

/**
 * paramsOf reads params from a JSON object: whole numbers are LONG, other numbers DOUBLE, objects MAP; an array holds one of
 * STRING, LONG, DOUBLE and BOOLEAN. @throws InputError with the path of what is none of these
 */
export function paramsOf(json: Json | undefined): Params {
  if (json === undefined) return new Map();
  if (!isObject(json)) throw new InputError('params must be an object of names and values');
  return mapOf('params', json);
}

function mapOf(path: string, json: JsonObject): Map<string, SelData> {
  const entries = Object.entries(json).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return new Map(entries.map(([name, value]) => [name, dataOf(`${path}.${name}`, value)]));
}

function dataOf(path: string, json: Json): SelData {
  if (Array.isArray(json)) return arrayOf(path, json);
  if (isObject(json)) return mapOf(path, json);
  if (typeof json === 'bigint') return longOf(path, json);
  return json as SelData;
}

function longOf(path: string, value: bigint): bigint {
  if (value >= MIN_LONG && value <= MAX_LONG) return value;
  throw new InputError(`${path} has more than 64 bits`);
}

function arrayOf(path: string, items: readonly Json[]): SelData {
  switch (inferType(items)) {
    case 'STRING_ARRAY':
      return items as readonly string[];
    case 'BOOLEAN_ARRAY':
      return items as readonly boolean[];
    case 'LONG_ARRAY':
      return items.map((item) => longOf(path, item as bigint));
    case 'DOUBLE_ARRAY':
      return items.map(Number);
    default:
      throw new InputError(`${path} must hold one type only: text, numbers or booleans`);
  }
}

function isObject(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
