import type { JsonObject, Workflow } from '@maestro/domain';
import { initiatorToJson, paramDefinitionsToJson, propertiesToJson, tagToJson, workflowToJson } from '@maestro/dsl';
import type { PropertiesSnapshot } from '@maestro/proto/maestro/types/v1/definition';
import { RunPolicy, type WorkflowInstance } from '@maestro/proto/maestro/types/v1/instance';
import { initiatorFromProto } from '../initiator.js';
import { instanceStatusFromProto } from '../instance-status.js';
import { jsonObjectFromProto } from '../json.js';
import { paramDefinitionsFromProto } from '../param-definition.js';
import { optionally } from '../present.js';
import { propertiesFromProto } from '../properties.js';
import { runPolicyFromProto } from '../run-policy.js';
import { tagFromProto } from '../tag.js';
import { workflowFromProto } from '../workflow.js';
import { instantJson, jsonFields, listJson, textJson } from './fields.js';
import { paramsMessageToJson } from './params.js';
import { aggregatedInfoToJson, restartConfigToJson } from './restart.js';
import { runtimeDagToJson } from './runtime-dag.js';
import { runtimeOverviewToJson } from './runtime-overview.js';
import { timelineEventToJson } from './timeline.js';

function runConfigToJson(message: WorkflowInstance): JsonObject {
  const policy = message.runPolicy === RunPolicy.UNSPECIFIED ? undefined : runPolicyFromProto(message.runPolicy);
  return jsonFields({
    policy,
    correlation_id: textJson(message.correlationId),
    runtime_tags: listJson(message.runtimeTags, (tag) => tagToJson(tagFromProto(tag))),
    restart_config: optionally(message.restartConfig, restartConfigToJson),
  });
}

function runPropertiesToJson(message: PropertiesSnapshot): JsonObject {
  const properties = optionally(message.properties, (each) => propertiesToJson(propertiesFromProto(each)));
  return { create_time: message.createTime, ...properties };
}

function definitionFields(message: WorkflowInstance, workflow: Workflow | undefined): JsonObject {
  const stepIds = workflow?.steps.map((step) => step.id) ?? [];
  return {
    runtime_workflow: optionally(workflow, workflowToJson),
    runtime_dag: optionally(workflow, ({ steps }) => runtimeDagToJson(steps)),
    runtime_overview: optionally(message.runtimeOverview, (each) => runtimeOverviewToJson(each, stepIds)),
  };
}

/** workflowInstanceToJson: one run, the shape of §3.1 of Maestro's model; `parked_reason` is ours. */
export function workflowInstanceToJson(message: WorkflowInstance): JsonObject {
  const workflow = optionally(message.runtimeWorkflow, (each) => workflowFromProto(each));
  return jsonFields({
    workflow_id: message.workflowId,
    internal_id: instantJson(message.internalId),
    workflow_instance_id: message.workflowInstanceId,
    workflow_run_id: message.workflowRunId,
    workflow_uuid: message.workflowUuid,
    correlation_id: textJson(message.correlationId),
    workflow_version_id: message.workflowVersionId,
    run_config: runConfigToJson(message),
    run_params: optionally(message.runParams, (each) => paramDefinitionsToJson(paramDefinitionsFromProto(each))),
    run_properties: optionally(message.runProperties, runPropertiesToJson),
    ...definitionFields(message, workflow),
    timeout_in_millis: instantJson(message.timeoutInMillis),
    params: optionally(message.params, paramsMessageToJson),
    initiator: optionally(message.initiator, (each) => initiatorToJson(initiatorFromProto(each))),
    status: instanceStatusFromProto(message.status),
    request_time: instantJson(message.requestTime),
    create_time: instantJson(message.createTime),
    start_time: instantJson(message.startTime),
    end_time: instantJson(message.endTime),
    modify_time: instantJson(message.modifyTime),
    artifacts: optionally(message.artifacts, jsonObjectFromProto),
    timeline: listJson(message.timeline, timelineEventToJson),
    aggregated_info: optionally(message.aggregatedInfo, aggregatedInfoToJson),
    parked_reason: textJson(message.parkedReason),
  });
}
