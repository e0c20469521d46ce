import type { JsonObject } from '@maestro/domain';
import type { SignalInstance } from '@maestro/proto/maestro/types/v1/signal';
import { jsonObjectFromProto } from '../json.js';
import { signalParamsFromProto } from '../signal-param-value.js';
import { instantJson, jsonFields } from './fields.js';

/** signalInstanceToJson: one announcement of a signal. */
export function signalInstanceToJson(message: SignalInstance): JsonObject {
  return jsonFields({
    name: message.name,
    seq_id: message.seqId,
    instance_id: message.instanceId,
    params: signalParamsFromProto(message.params),
    payload: message.payload === undefined ? {} : jsonObjectFromProto(message.payload),
    request_time: instantJson(message.requestTime),
    create_time: instantJson(message.createTime),
  });
}
