import type { Json, JsonObject, Params } from '@maestro/domain';
import { paramDefinitionsToJson } from '@maestro/dsl';
import type { Params as ParamsMessage } from '@maestro/proto/maestro/types/v1/param';
import { paramsFromProto } from '../params.js';
import { mapValues, optionally } from '../present.js';
import { jsonFields } from './fields.js';

/** JSON has no NaN and no infinities; an expression may have made one. */
function finite(value: Json): Json {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(finite);
  if (typeof value !== 'object' || value === null) return value;
  return mapValues(value as Readonly<Record<string, Json>>, finite);
}

/** paramsToJson: each param's definition with its `evaluated_result` and `evaluated_time`. */
export function paramsToJson(params: Params): JsonObject {
  const definitions = paramDefinitionsToJson(mapValues(params, ({ definition }) => definition));
  return mapValues(params, ({ evaluatedResult, evaluatedTime }, name) =>
    jsonFields({
      ...(definitions[name] as JsonObject),
      evaluated_result: optionally(evaluatedResult, finite),
      evaluated_time: evaluatedTime === undefined ? undefined : BigInt(evaluatedTime),
    }),
  );
}

/** paramsMessageToJson is `paramsToJson` of a message. */
export function paramsMessageToJson(message: ParamsMessage): JsonObject {
  return paramsToJson(paramsFromProto(message));
}
