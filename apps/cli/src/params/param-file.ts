import { extname } from 'node:path';
import type { Json, JsonObject, ParamType } from '@maestro/domain';
import { parseJsonText } from '@maestro/dsl';
import { parse } from 'yaml';
import { UsageError } from '../errors.js';
import { readTextFile } from '../text-file.js';
import { splitKey } from './param-text.js';
import { typedParam } from './param-value.js';

/** TypeOf is the type that the definition gives a param, if it is known. */
export type TypeOf = (name: string) => ParamType | undefined;

/**
 * readParamFile reads params from JSON or YAML: plain values, or whole params with `type` and `value` or `expression`.
 * @throws UsageError
 */
export function readParamFile(file: string, typeOf: TypeOf): Record<string, JsonObject> {
  const params = Object.entries(readPlainParams(file)).map(([key, value]) => {
    const { name, type = typeOf(name) } = splitKey(key);
    return [name, isParam(value) ? value : typedParam(name, value ?? null, type)] as const;
  });
  return Object.fromEntries(params);
}

/** readPlainParams reads an object of names and plain values from JSON or YAML. @throws UsageError */
export function readPlainParams(file: string): JsonObject {
  const content = parseFile(file, readTextFile(file));
  if (isObject(content)) return content;
  throw new UsageError(`${file} does not hold params: it must be an object of names and values`);
}

function parseFile(file: string, text: string): Json {
  try {
    return extname(file) === '.json' ? parseJsonText(text) : (parse(text, { intAsBigInt: true }) as Json);
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function isParam(value: Json | undefined): value is JsonObject {
  return isObject(value) && typeof value['type'] === 'string' && ('value' in value || 'expression' in value);
}
