import type { JsonObject } from '@maestro/domain';
import {
  type InstanceActionResult,
  StartStatus,
  type StartWorkflowResponse,
} from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import type { TimelineEvent } from '@maestro/proto/maestro/types/v1/instance';
import { instanceStatusFromProto } from '../instance-status.js';
import { optionally } from '../present.js';
import { jsonFields } from './fields.js';
import { timelineEventToJson } from './timeline.js';

const START_STATUS_NAMES: Readonly<Record<StartStatus, string>> = {
  [StartStatus.UNSPECIFIED]: 'INTERNAL_ERROR',
  [StartStatus.CREATED]: 'CREATED',
  [StartStatus.DUPLICATED]: 'DUPLICATED',
  [StartStatus.STOPPED]: 'STOPPED',
};

/** startStatusName is a start's outcome in the words of Maestro's model. */
export function startStatusName(status: StartStatus): string {
  return START_STATUS_NAMES[status];
}

/**
 * startResponseToJson: the shape of §4.2 of Maestro's model. A DUPLICATED answer names the instance that exists, which
 * the original does not; `request_differs` and `stale_definition` are ours and only there when true.
 */
export function startResponseToJson(message: StartWorkflowResponse): JsonObject {
  return jsonFields({
    workflow_id: message.workflowId,
    workflow_version_id: message.workflowVersionId,
    workflow_instance_id: message.workflowInstanceId,
    workflow_run_id: message.workflowRunId,
    workflow_uuid: message.workflowUuid,
    status: startStatusName(message.status),
    timeline_event: optionally(message.timelineEvent, timelineEventToJson),
    request_differs: message.requestDiffers || undefined,
    stale_definition: message.staleDefinition || undefined,
  });
}

/** instanceActionToJson: the answer to stop, kill and unblock of an instance (§4.3 of Maestro's model). */
export function instanceActionToJson(message: InstanceActionResult): JsonObject {
  return jsonFields({
    workflow_id: message.workflowId,
    workflow_version_id: message.workflowVersionId,
    workflow_instance_id: message.workflowInstanceId,
    workflow_run_id: message.workflowRunId,
    workflow_instance_status: instanceStatusFromProto(message.workflowInstanceStatus),
    info: message.completed
      ? 'The action is done.'
      : 'The action is accepted and is still running. Please check it again.',
    timeline_event: optionally(message.timelineEvent, timelineEventToJson),
    completed: message.completed,
  });
}

/** WorkflowAction is what the answers to activate and deactivate have in common. */
export interface WorkflowAction {
  readonly workflowId: string;
  readonly workflowVersionId: bigint;
  readonly timelineEvent?: TimelineEvent | undefined;
}

/** workflowActionToJson: the answer to activate and deactivate (§4.2 of Maestro's model). */
export function workflowActionToJson(message: WorkflowAction): JsonObject {
  return jsonFields({
    workflow_id: message.workflowId,
    workflow_version_id: message.workflowVersionId,
    timeline_event: optionally(message.timelineEvent, timelineEventToJson),
  });
}
