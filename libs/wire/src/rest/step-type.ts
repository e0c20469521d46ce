import type { JsonObject } from '@maestro/domain';
import type { RegisteredStepType } from '@maestro/proto/maestro/definition/v1/step_type_service';
import { encodeParamDefinitions } from '../param-bytes.js';
import { decodeExactJson } from '../exact-json.js';
import { required } from '../invalid.js';
import { stepTypeFromProto } from '../step-type.js';
import { instantJson, jsonFields } from './fields.js';

/** registeredStepTypeToJson is a step type of workers; not in the original. */
export function registeredStepTypeToJson({ type, createTime, lastSeen }: RegisteredStepType): JsonObject {
  const { name, version, doc, params, outputs, tenant } = stepTypeFromProto(required(type, 'type'));
  return jsonFields({
    name,
    version,
    doc,
    params: decodeExactJson(encodeParamDefinitions(params)),
    outputs,
    tenant: tenant === '' ? undefined : tenant,
    create_time: instantJson(createTime),
    last_seen: instantJson(lastSeen),
  });
}
