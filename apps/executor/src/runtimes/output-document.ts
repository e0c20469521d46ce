import type { Json, JsonObject } from '@maestro/domain';
import { parseJsonText, readParamDefinitions } from '@maestro/dsl';
import { encodeExactJson, encodeParamDefinitions } from '@maestro/wire';
import { isJsonObject } from './params.js';

/** OutputDocument is what user code returned: `{params, artifacts}` (spec, part 2 §5.2). */
export interface OutputDocument {
  readonly outputParamsJson?: Uint8Array;
  readonly artifactsJson?: Uint8Array;
}

/**
 * readOutputDocument reads what a step wrote. A param is a definition (`{"type": "LONG", "value": 7}`), checked like one
 * in a workflow, or, shorter, a plain value whose type is seen. Throws an Error that says what is wrong and where.
 */
export function readOutputDocument(bytes: Uint8Array): OutputDocument {
  const document = parseJsonText(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  if (!isJsonObject(document)) throw new Error('it must be a JSON object');
  const params = section(document, 'params');
  const artifacts = section(document, 'artifacts');
  return {
    ...(params === undefined
      ? {}
      : { outputParamsJson: encodeParamDefinitions(readParamDefinitions(definitions(params))) }),
    ...(artifacts === undefined ? {} : { artifactsJson: encodeExactJson(artifacts) }),
  };
}

function section(document: JsonObject, name: string): JsonObject | undefined {
  const value = document[name];
  if (value === undefined || value === null) return undefined;
  if (!isJsonObject(value)) throw new Error(`"${name}" must be a JSON object`);
  return value;
}

function definitions(params: JsonObject): JsonObject {
  const entries = Object.entries(params).map(([name, value]) => [name, definition(name, value ?? null)] as const);
  return Object.fromEntries(entries);
}

function definition(name: string, value: Json): JsonObject {
  if (isJsonObject(value)) {
    return value;
  }
  return { type: typeOf(name, value), value };
}

function typeOf(name: string, value: Json): string {
  if (Array.isArray(value)) return `${value.length === 0 ? 'STRING' : scalarType(name, value[0] as Json)}_ARRAY`;
  return scalarType(name, value);
}

function scalarType(name: string, value: Json): string {
  switch (typeof value) {
    case 'string':
      return 'STRING';
    case 'bigint':
      return 'LONG';
    case 'number':
      return 'DOUBLE';
    case 'boolean':
      return 'BOOLEAN';
    default:
      throw new Error(`param "${name}" has no value`);
  }
}
