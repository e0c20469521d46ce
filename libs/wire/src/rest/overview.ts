import type { JsonObject } from '@maestro/domain';
import { userToJson } from '@maestro/dsl';
import type { GetOverviewResponse, GetTimelineResponse } from '@maestro/proto/maestro/definition/v1/definition_service';
import {
  type ExplainResponse,
  type Explanation,
  type GetWorkflowCountsResponse,
  WaitKind,
} from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { instanceStatusFromProto } from '../instance-status.js';
import { optionally } from '../present.js';
import { userFromProto } from '../user.js';
import { propertiesSnapshotToJson } from './definition.js';
import { instantJson, jsonFields, textJson } from './fields.js';

function countsToJson(counts: GetWorkflowCountsResponse): JsonObject {
  const none = { CREATED: 0n, IN_PROGRESS: 0n, PAUSED: 0n };
  const given = counts.nonterminalInstances.map(({ status, count }) => [instanceStatusFromProto(status), count]);
  return { ...none, ...(Object.fromEntries(given) as JsonObject) };
}

/** overviewToJson: pointers and properties from the definition service, counts from the scheduler (§4.1, endpoint 9). */
export function overviewToJson(overview: GetOverviewResponse, counts: GetWorkflowCountsResponse): JsonObject {
  const concurrency = overview.propertiesSnapshot?.properties?.stepConcurrency;
  return jsonFields({
    workflow_id: overview.workflowId,
    active_version_id: instantJson(overview.activeVersionId),
    latest_version_id: overview.latestVersionId,
    default_version_id: instantJson(overview.defaultVersionId),
    properties_snapshot: optionally(overview.propertiesSnapshot, propertiesSnapshotToJson),
    step_concurrency: optionally(concurrency, BigInt),
    nonterminal_instances: countsToJson(counts),
    failed_instances: counts.failedInstances,
    latest_instance_id: instantJson(counts.latestInstanceId),
  });
}

/** workflowTimelineToJson: what people changed of a workflow, newest first. */
export function workflowTimelineToJson(message: GetTimelineResponse): JsonObject {
  const events = message.timelineEvents.map(({ author, log, timestamp }) =>
    jsonFields({ author: optionally(author, (user) => userToJson(userFromProto(user))), log, timestamp }),
  );
  return { workflow_id: message.workflowId, timeline_events: events };
}

const WAIT_KIND_NAMES: Readonly<Record<WaitKind, string>> = {
  [WaitKind.UNSPECIFIED]: 'UNKNOWN',
  [WaitKind.NOTHING]: 'NOTHING',
  [WaitKind.RUN_STRATEGY]: 'RUN_STRATEGY',
  [WaitKind.PREDECESSOR]: 'PREDECESSOR',
  [WaitKind.TIME]: 'TIME',
  [WaitKind.WORKER]: 'WORKER',
  [WaitKind.EXECUTION]: 'EXECUTION',
  [WaitKind.SIGNAL]: 'SIGNAL',
  [WaitKind.PERMIT]: 'PERMIT',
  [WaitKind.PERSON]: 'PERSON',
  [WaitKind.CANCELLATION]: 'CANCELLATION',
  [WaitKind.PARKED]: 'PARKED',
  [WaitKind.CHILDREN]: 'CHILDREN',
};

function explanationToJson(explanation: Explanation): JsonObject {
  return jsonFields({
    kind: WAIT_KIND_NAMES[explanation.kind],
    step_id: textJson(explanation.stepId),
    since: instantJson(explanation.since),
    until: instantJson(explanation.until),
    message: explanation.message,
    remedy: textJson(explanation.remedy),
  });
}

/** explainToJson: why something is not moving (not in the original's API). */
export function explainToJson(message: ExplainResponse): JsonObject {
  return { status: instanceStatusFromProto(message.status), explanations: message.explanations.map(explanationToJson) };
}
