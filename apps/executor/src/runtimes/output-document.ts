import { DYNAMIC_OUTPUT, type Json, type JsonObject } from '@maestro/domain';
import { parseJsonText, readParamDefinitions } from '@maestro/dsl';
import { encodeExactJson, encodeParamDefinitions } from '@maestro/wire';
import { readOutputSignals } from './output-signals.js';
import { isJsonObject } from './params.js';

/** What user code may return at most, in bytes; the whole result of an attempt has its own limit beside. */
export const MAX_OUTPUT_BYTES = 1024 * 1024;

/** OutputDocument is what user code returned: `{params, artifacts, signals}` (spec, part 2 §5.2). */
export interface OutputDocument {
  readonly outputParamsJson?: Uint8Array;
  readonly artifactsJson?: Uint8Array;
}

/**
 * readOutputDocument reads what a step wrote. A param is a definition (`{"type": "LONG", "value": 7}`), checked like one
 * in a workflow, or, shorter, a plain value whose type is seen. Throws an Error that says what is wrong and where.
 */
export function readOutputDocument(bytes: Uint8Array): OutputDocument {
  if (bytes.length > MAX_OUTPUT_BYTES) throw new Error(`it is longer than ${MAX_OUTPUT_BYTES} bytes`);
  const document = parseJsonText(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  if (!isJsonObject(document)) throw new Error('it must be a JSON object');
  const params = section(document, 'params');
  const artifacts = artifactsOf(document);
  return {
    ...(params === undefined
      ? {}
      : { outputParamsJson: encodeParamDefinitions(readParamDefinitions(definitions(params))) }),
    ...(artifacts === undefined ? {} : { artifactsJson: encodeExactJson(artifacts) }),
  };
}

/** Signals are artifacts too: that of the original, which the document may also spell out itself. */
function artifactsOf(document: JsonObject): JsonObject | undefined {
  const artifacts = section(document, 'artifacts');
  const signals = readOutputSignals(document['signals'] ?? null);
  if (signals.length === 0) return artifacts;
  if (artifacts?.[DYNAMIC_OUTPUT] !== undefined) {
    throw new Error(`it has both "signals" and the artifact "${DYNAMIC_OUTPUT}": give one of them`);
  }
  return { ...artifacts, [DYNAMIC_OUTPUT]: { type: 'DYNAMIC_OUTPUT', signal_outputs: signals } };
}

/** An empty section says nothing. */
function section(document: JsonObject, name: string): JsonObject | undefined {
  const value = document[name];
  if (value === undefined || value === null) return undefined;
  if (!isJsonObject(value)) throw new Error(`"${name}" must be a JSON object`);
  return Object.keys(value).length === 0 ? undefined : value;
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
