import type { JsonObject, Params } from '@maestro/domain';
import { paramDefinitionsToJson } from '@maestro/dsl';
import type { Params as ParamsMessage } from '@maestro/proto/maestro/types/v1/param';
import { paramsFromProto } from '../params.js';
import { mapValues } from '../present.js';
import { jsonFields } from './fields.js';

/** paramsToJson: each param's definition with its `evaluated_result` and `evaluated_time`. */
export function paramsToJson(params: Params): JsonObject {
  const definitions = paramDefinitionsToJson(mapValues(params, ({ definition }) => definition));
  return mapValues(params, ({ evaluatedResult, evaluatedTime }, name) =>
    jsonFields({
      ...(definitions[name] as JsonObject),
      evaluated_result: evaluatedResult,
      evaluated_time: evaluatedTime === undefined ? undefined : BigInt(evaluatedTime),
    }),
  );
}

/** paramsMessageToJson is `paramsToJson` of a message. */
export function paramsMessageToJson(message: ParamsMessage): JsonObject {
  return paramsToJson(paramsFromProto(message));
}
