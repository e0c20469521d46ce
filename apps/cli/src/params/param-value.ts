import type { Json, JsonObject, ParamType } from '@maestro/domain';
import { parseJsonText, stringifyJson } from '@maestro/dsl';
import { UsageError } from '../errors.js';
import { inferType } from './infer-type.js';

const WHOLE = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;

/** paramOf writes text from the command line as a param of a start request. Without a type, the text says it. */
export function paramOf(name: string, text: string, type: ParamType | undefined): JsonObject {
  return type === undefined ? inferred(name, text) : typedParam(name, valueOf(name, text, type), type);
}

/** typedParam writes a value as a param; the members of a MAP are params again. @throws UsageError */
export function typedParam(name: string, value: Json, type = inferType(value)): JsonObject {
  if (type === undefined) throw new UsageError(`the param ${name} has no type that params can have`);
  if (type !== 'MAP' || !isObject(value)) return { value, type };
  const members = Object.entries(value).map(([key, member]) => [key, typedParam(`${name}.${key}`, member as Json)]);
  return { value: Object.fromEntries(members) as JsonObject, type };
}

function inferred(name: string, text: string): JsonObject {
  if (WHOLE.test(text)) return { value: longOf(name, text), type: 'LONG' };
  if (DECIMAL.test(text)) return { value: text, type: 'DOUBLE' };
  if (text === 'true' || text === 'false') return { value: text === 'true', type: 'BOOLEAN' };
  const json = /^\s*[[{]/.test(text) ? jsonOf(text) : undefined;
  return json === undefined ? { value: text, type: 'STRING' } : typedParam(name, json);
}

function valueOf(name: string, text: string, type: ParamType): Json {
  switch (type) {
    case 'STRING':
      return text;
    case 'LONG':
      return longOf(name, text);
    case 'DOUBLE':
      return decimalOf(name, text);
    case 'BOOLEAN':
      return booleanOf(name, text);
    case 'STRING_MAP':
    case 'MAP':
      return objectOf(name, text, type);
    case 'STRING_ARRAY':
      return itemsOf(name, text, type, (_, item) => item);
    case 'LONG_ARRAY':
      return itemsOf(name, text, type, longOf);
    case 'DOUBLE_ARRAY':
      return itemsOf(name, text, type, decimalOf);
    case 'BOOLEAN_ARRAY':
      return itemsOf(name, text, type, booleanOf);
  }
}

function longOf(name: string, text: string): bigint {
  const value = WHOLE.test(text.trim()) ? BigInt(text.trim().replace(/^\+/, '')) : undefined;
  if (value === undefined) throw wrong(name, text, 'LONG, a whole number');
  if (value < MIN_LONG || value > MAX_LONG) throw wrong(name, text, 'LONG, a whole number of at most 64 bits');
  return value;
}

/** Sent as text: a double would round it. */
function decimalOf(name: string, text: string): string {
  if (DECIMAL.test(text.trim())) return text.trim();
  throw wrong(name, text, 'DOUBLE, a number');
}

function booleanOf(name: string, text: string): boolean {
  const value = text.trim().toLowerCase();
  if (value === 'true' || value === 'false') return value === 'true';
  throw wrong(name, text, 'BOOLEAN, true or false');
}

function objectOf(name: string, text: string, type: ParamType): Json {
  const json = jsonOf(text);
  if (isObject(json)) return json;
  throw wrong(name, text, `${type}, a JSON object such as {"key": "value"}`);
}

/** Lists are JSON, or plain items between commas. */
function itemsOf(name: string, text: string, type: ParamType, item: (name: string, text: string) => Json): Json {
  if (!text.trim().startsWith('[')) return text.trim() === '' ? [] : text.split(',').map((each) => item(name, each));
  const json = jsonOf(text);
  if (Array.isArray(json)) return (json as readonly Json[]).map((each) => item(name, itemText(each)));
  throw wrong(name, text, `${type}, a JSON list such as [1, 2] or 1,2`);
}

function itemText(item: Json): string {
  return typeof item === 'string' ? item : stringifyJson(item);
}

function jsonOf(text: string): Json | undefined {
  try {
    return parseJsonText(text);
  } catch {
    return undefined;
  }
}

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function wrong(name: string, text: string, expected: string): UsageError {
  return new UsageError(`the param ${name} is ${expected}; "${text}" is not`);
}
