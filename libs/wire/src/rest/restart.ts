import type { JsonObject } from '@maestro/domain';
import { paramDefinitionsToJson } from '@maestro/dsl';
import type { RestartStepResponse } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import type { AggregatedInfo, RestartConfig, RestartNode } from '@maestro/proto/maestro/types/v1/instance';
import { instanceStatusFromProto } from '../instance-status.js';
import { paramDefinitionsFromProto } from '../param-definition.js';
import { mapValues, optionally } from '../present.js';
import { runPolicyFromProto } from '../run-policy.js';
import { stepStatusFromProto } from '../step-status.js';
import { startStatusName } from './actions.js';
import { instantJson, jsonFields, listJson, textJson } from './fields.js';
import { timelineEventToJson } from './timeline.js';

const nodeToJson = ({ workflowId, instanceId, stepId }: RestartNode): JsonObject =>
  jsonFields({ workflow_id: workflowId, instance_id: instanceId, step_id: textJson(stepId) });

/** restartConfigToJson: what a restart asked for (§3.3 of Maestro's model). */
export function restartConfigToJson(message: RestartConfig): JsonObject {
  return jsonFields({
    restart_path: listJson(message.restartPath, nodeToJson),
    restart_policy: runPolicyFromProto(message.restartPolicy),
    downstream_policy: runPolicyFromProto(message.downstreamPolicy),
    restart_params: optionally(message.restartParams, (each) =>
      paramDefinitionsToJson(paramDefinitionsFromProto(each)),
    ),
    step_restart_params: mapValues(message.stepRestartParams, (each) =>
      paramDefinitionsToJson(paramDefinitionsFromProto(each)),
    ),
    skip_steps: listJson(message.skipSteps, (id) => id),
  });
}

/** aggregatedInfoToJson: how an instance fares over all of its runs (§3.7 of Maestro's model). */
export function aggregatedInfoToJson(message: AggregatedInfo): JsonObject {
  const views = mapValues(message.stepAggregatedViews, (view) =>
    jsonFields({
      workflow_run_id: instantJson(view.workflowRunId),
      status: stepStatusFromProto(view.status),
      start_time: instantJson(view.startTime),
      end_time: instantJson(view.endTime),
    }),
  );
  return {
    step_aggregated_views: views,
    workflow_instance_status: instanceStatusFromProto(message.workflowInstanceStatus),
  };
}

/** restartStepResponseToJson: the answer to the restart of a step (§4.4 of Maestro's model). */
export function restartStepResponseToJson(message: RestartStepResponse): JsonObject {
  return jsonFields({
    workflow_id: message.workflowId,
    workflow_version_id: message.workflowVersionId,
    workflow_instance_id: message.workflowInstanceId,
    workflow_run_id: message.workflowRunId,
    step_id: message.stepId,
    step_attempt_id: message.stepAttemptId === 0 ? undefined : BigInt(message.stepAttemptId),
    status: startStatusName(message.status),
    timeline_event: optionally(message.timelineEvent, timelineEventToJson),
  });
}
