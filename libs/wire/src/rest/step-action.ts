import type { JsonObject } from '@maestro/domain';
import type { StepActionResult } from '@maestro/proto/maestro/scheduler/v1/action_service';
import { optionally } from '../present.js';
import { jsonFields } from './fields.js';
import { stepRuntimeStateToJson } from './step-instance.js';
import { timelineEventToJson } from './timeline.js';

/** stepActionToJson: the answer to an act on a step (§4.4 of Maestro's model); `completed` and `info` are ours. */
export function stepActionToJson(message: StepActionResult): JsonObject {
  return jsonFields({
    workflow_id: message.workflowId,
    workflow_instance_id: message.workflowInstanceId,
    workflow_run_id: message.workflowRunId,
    step_id: message.stepId,
    step_attempt_id: BigInt(message.stepAttemptId),
    step_runtime_state: optionally(message.stepRuntimeState, stepRuntimeStateToJson),
    timeline_event: optionally(message.timelineEvent, timelineEventToJson),
    completed: message.completed,
    info: message.info,
  });
}
