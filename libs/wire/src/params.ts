import { create } from '@bufbuild/protobuf';
import type { Param, Params } from '@maestro/domain';
import {
  type Param as ParamMessage,
  ParamSchema,
  type Params as ParamsMessage,
  ParamsSchema,
} from '@maestro/proto/maestro/types/v1/param';
import { fieldPath, required } from './invalid.js';
import { paramDefinitionFromProto, paramDefinitionToProto } from './param-definition.js';
import { paramValueFromProto, paramValueToProto } from './param-value.js';
import { optionally, present } from './present.js';
import { instantFromProto, instantToProto } from './time.js';

export function paramToProto(param: Param): ParamMessage {
  return create(ParamSchema, {
    definition: paramDefinitionToProto(param.definition),
    evaluatedResult: optionally(param.evaluatedResult, paramValueToProto),
    evaluatedTime: instantToProto(param.evaluatedTime),
  });
}

/** paramFromProto: throws INVALID_REQUEST for a param without a definition. */
export function paramFromProto(message: ParamMessage, path = ''): Param {
  return present({
    definition: paramDefinitionFromProto(required(message.definition, path), path),
    evaluatedResult: optionally(message.evaluatedResult, (value) =>
      paramValueFromProto(value, fieldPath(path, 'evaluated_result')),
    ),
    evaluatedTime: instantFromProto(message.evaluatedTime),
  });
}

export function paramsToProto(params: Params): ParamsMessage {
  return create(ParamsSchema, {
    params: Object.entries(params).map(([name, param]) => ({ name, param: paramToProto(param) })),
  });
}

/** paramsFromProto keeps the order of evaluation. */
export function paramsFromProto(message: ParamsMessage, path = ''): Params {
  return Object.fromEntries(
    message.params.map(({ name, param }) => {
      const at = fieldPath(path, name);
      return [name, paramFromProto(required(param, at), at)];
    }),
  );
}
