import type { JsonObject } from '@maestro/domain';
import type {
  LeafReference,
  RollupOverview,
  RuntimeOverview,
  StepStatusOverview,
} from '@maestro/proto/maestro/types/v1/instance';
import { optionally } from '../present.js';
import { stepStatusFromProto } from '../step-status.js';
import { instantJson, jsonFields, listJson } from './fields.js';

/**
 * runtimeOverviewToJson: steps are `[ordinal, start, end]` with the 1-based place of the step in `stepIds` (§3.6 of
 * Maestro's model); without the ids of all steps only the counts are given.
 */
export function runtimeOverviewToJson(message: RuntimeOverview, stepIds: readonly string[]): JsonObject {
  const entries = message.stepOverview.map((each) => [stepStatusFromProto(each.status), countToJson(each, stepIds)]);
  return jsonFields({
    total_step_count: message.totalStepCount,
    step_overview: Object.fromEntries(entries) as JsonObject,
    rollup_overview: optionally(message.rollupOverview, rollupToJson),
  });
}

function rollupToJson({ totalLeafCount, overview }: RollupOverview): JsonObject {
  const entries = overview.map(({ status, count, leaves }) => [
    stepStatusFromProto(status),
    jsonFields({ cnt: count, ref: leaves.length === 0 ? undefined : leavesToJson(leaves) }),
  ]);
  return { total_leaf_count: totalLeafCount, overview: Object.fromEntries(entries) as JsonObject };
}

/** By `workflow:run`, `instance:step:attempt` each. */
function leavesToJson(leaves: readonly LeafReference[]): JsonObject {
  const runs: Record<string, string[]> = {};
  for (const { workflowId, runId, instanceId, stepId, attempt } of leaves)
    (runs[`${workflowId}:${runId}`] ??= []).push(`${instanceId}:${stepId}:${attempt}`);
  return runs;
}

function countToJson(overview: StepStatusOverview, stepIds: readonly string[]): JsonObject {
  const known = overview.steps.filter((step) => stepIds.includes(step.stepId));
  const steps = listJson(known, (step) => {
    const times = [instantJson(step.startTime), instantJson(step.endTime)].map((time) => time ?? null);
    return [BigInt(stepIds.indexOf(step.stepId) + 1), ...times];
  });
  return jsonFields({ cnt: overview.count, steps });
}
