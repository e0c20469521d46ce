import type { JsonObject } from '@maestro/domain';
import type { Breakpoint, PausedStep } from '@maestro/proto/maestro/scheduler/v1/action_service';
import { instantJson, jsonFields, textJson } from './fields.js';

/** breakpointToJson: the shape of §4.4 of Maestro's model; what is meant for all is left out. */
export function breakpointToJson(message: Breakpoint): JsonObject {
  return jsonFields({
    workflow_id: message.workflowId,
    step_id: message.stepId,
    workflow_version_id: instantJson(message.workflowVersionId),
    workflow_instance_id: instantJson(message.workflowInstanceId),
    workflow_run_id: instantJson(message.workflowRunId),
    create_time: instantJson(message.createTime),
    created_by: textJson(message.createdBy),
  });
}

/** pausedStepToJson: an attempt that waits at a breakpoint; `pause_time` is ours. */
export function pausedStepToJson(message: PausedStep): JsonObject {
  return jsonFields({
    workflow_id: message.workflowId,
    workflow_version_id: message.workflowVersionId,
    workflow_instance_id: message.workflowInstanceId,
    workflow_run_id: message.workflowRunId,
    step_id: message.stepId,
    step_attempt_id: BigInt(message.stepAttemptId),
    pause_time: instantJson(message.pauseTime),
  });
}
