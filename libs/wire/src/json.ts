import { create } from '@bufbuild/protobuf';
import type { Json, JsonObject } from '@maestro/domain';
import {
  type JsonObject as JsonObjectMessage,
  JsonObjectSchema,
  type JsonValue,
  JsonValueSchema,
} from '@maestro/proto/maestro/types/v1/json';
import { invalid } from './invalid.js';
import { mapValues } from './present.js';

function caseOf(json: Json): JsonValue['value'] {
  switch (typeof json) {
    case 'boolean':
      return { case: 'boolValue', value: json };
    case 'bigint':
      if (json !== BigInt.asIntN(64, json)) throw invalid('', `${json} does not fit into 64 bits; write it as a text`);
      return { case: 'integerValue', value: json };
    case 'number':
      return { case: 'numberValue', value: json };
    case 'string':
      return { case: 'stringValue', value: json };
    default:
      return containerOf(json);
  }
}

function containerOf(json: null | readonly Json[] | JsonObject): JsonValue['value'] {
  if (json === null) return { case: undefined };
  if (isList(json)) {
    const items = json.map(jsonValueToProto);
    return { case: 'arrayValue', value: { $typeName: 'maestro.types.v1.JsonArray', items } };
  }
  return { case: 'objectValue', value: jsonObjectToProto(json) };
}

const isList = (json: readonly Json[] | JsonObject): json is readonly Json[] => Array.isArray(json);

/** jsonValueToProto: throws INVALID_REQUEST for a whole number beyond 64 bits. */
export function jsonValueToProto(json: Json): JsonValue {
  return create(JsonValueSchema, { value: caseOf(json) });
}

/** jsonValueFromProto reverses `jsonValueToProto`. */
export function jsonValueFromProto(message: JsonValue): Json {
  switch (message.value.case) {
    case undefined:
      return null;
    case 'arrayValue':
      return message.value.value.items.map(jsonValueFromProto);
    case 'objectValue':
      return jsonObjectFromProto(message.value.value);
    default:
      return message.value.value;
  }
}

/** jsonObjectToProto leaves out undefined members. */
export function jsonObjectToProto(object: JsonObject): JsonObjectMessage {
  const members = Object.entries(object).filter(([, value]) => value !== undefined);
  return create(JsonObjectSchema, {
    members: Object.fromEntries(members.map(([key, value]) => [key, jsonValueToProto(value as Json)])),
  });
}

/** jsonObjectFromProto reverses `jsonObjectToProto`. */
export function jsonObjectFromProto(message: JsonObjectMessage): JsonObject {
  return mapValues(message.members, jsonValueFromProto);
}
