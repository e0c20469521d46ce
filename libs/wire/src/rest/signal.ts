import type { JsonObject } from '@maestro/domain';
import type { SignalInstance, SignalStep } from '@maestro/proto/maestro/types/v1/signal';
import { jsonObjectFromProto } from '../json.js';
import { optionally } from '../present.js';
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
    source: optionally(message.source, signalStepToJson),
  });
}

/** signalStepToJson: the attempt of a step, as `signal_source` of a payload names it (part 2, §3.1). */
export function signalStepToJson(message: SignalStep): JsonObject {
  return jsonFields({
    workflow_id: message.workflowId,
    workflow_instance_id: message.workflowInstanceId,
    workflow_run_id: message.workflowRunId,
    step_id: message.stepId,
    step_attempt_id: message.stepAttemptId,
    step_instance_id: message.stepInstanceId,
  });
}
