import type { Json, JsonObject, Step } from '@maestro/domain';
import { tagToJson, workflowToJson } from '@maestro/dsl';
import type { StepInstance, StepRetryState, StepRuntimeState } from '@maestro/proto/maestro/types/v1/instance';
import { jsonObjectFromProto } from '../json.js';
import { mapValues, optionally } from '../present.js';
import { stepFromProto } from '../step.js';
import { stepStatusFromProto } from '../step-status.js';
import { tagFromProto } from '../tag.js';
import { instantJson, jsonFields, listJson, textJson } from './fields.js';
import { paramsMessageToJson } from './params.js';
import { dependenciesToJson, outputsToJson } from './step-signals.js';
import { timelineEventToJson } from './timeline.js';

/** stepRuntimeStateToJson: when each phase was entered; phases that were not entered are left out. */
export function stepRuntimeStateToJson(state: StepRuntimeState): JsonObject {
  return jsonFields({
    status: stepStatusFromProto(state.status),
    create_time: instantJson(state.createTime),
    initialize_time: instantJson(state.initializeTime),
    pause_time: instantJson(state.pauseTime),
    wait_signal_time: instantJson(state.waitSignalTime),
    evaluate_param_time: instantJson(state.evaluateParamTime),
    wait_permit_time: instantJson(state.waitPermitTime),
    start_time: instantJson(state.startTime),
    execute_time: instantJson(state.executeTime),
    finish_time: instantJson(state.finishTime),
    end_time: instantJson(state.endTime),
    modify_time: instantJson(state.modifyTime),
  });
}

function retryToJson(retry: StepRetryState): JsonObject {
  return jsonFields({
    error_retries: BigInt(retry.errorRetries),
    error_retry_limit: BigInt(retry.errorRetryLimit),
    platform_retries: BigInt(retry.platformRetries),
    platform_retry_limit: BigInt(retry.platformRetryLimit),
    timeout_retries: BigInt(retry.timeoutRetries),
    timeout_retry_limit: BigInt(retry.timeoutRetryLimit),
    manual_retries: BigInt(retry.manualRetries),
    retryable: retry.retryable,
    next_attempt_time: instantJson(retry.nextAttemptTime),
  });
}

/** A step is written as a part of a workflow; in the wrapper object of its kind. */
function stepToJson(step: Step): Json | undefined {
  const { steps } = workflowToJson({ id: '', steps: [step] }) as { steps?: readonly Json[] };
  return steps?.[0];
}

/** Each successor is a BOOLEAN param; its result is known once the step is complete. */
function transitionToJson(message: StepInstance, step: Step | undefined): JsonObject {
  const conditions = step?.transition?.successors ?? {};
  const successors = mapValues(conditions, (expression, id) =>
    jsonFields({ expression, type: 'BOOLEAN', evaluated_result: message.successors[id] }),
  );
  return { predecessors: message.predecessors, successors };
}

/** stepInstanceToJson: one attempt, the shape of §3.4 of Maestro's model; `executor_id` is ours. */
export function stepInstanceToJson(message: StepInstance): JsonObject {
  const step = optionally(message.definition, (each) => stepFromProto(each));
  return jsonFields({
    workflow_id: message.workflowId,
    workflow_instance_id: message.workflowInstanceId,
    workflow_run_id: message.workflowRunId,
    step_id: message.stepId,
    step_attempt_id: BigInt(message.stepAttemptId),
    step_instance_id: instantJson(message.stepInstanceId),
    workflow_uuid: textJson(message.workflowUuid),
    step_uuid: textJson(message.stepUuid),
    correlation_id: textJson(message.correlationId),
    workflow_version_id: message.workflowVersionId,
    definition: optionally(step, stepToJson),
    tags: listJson(message.tags, (tag) => tagToJson(tagFromProto(tag))),
    params: optionally(message.params, paramsMessageToJson),
    transition: transitionToJson(message, step),
    step_retry: optionally(message.stepRetry, retryToJson),
    timeout_in_millis: instantJson(message.timeoutInMillis),
    runtime_state: optionally(message.runtimeState, stepRuntimeStateToJson),
    signal_dependencies: optionally(message.signals, dependenciesToJson),
    signal_outputs: optionally(message.signals, outputsToJson),
    artifacts: optionally(message.artifacts, jsonObjectFromProto),
    timeline: listJson(message.timeline, timelineEventToJson),
    executor_id: textJson(message.executorId),
  });
}
