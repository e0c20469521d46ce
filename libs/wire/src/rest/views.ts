import type { Json, JsonObject } from '@maestro/domain';
import type {
  ComparedRun,
  CompareRunsResponse,
  ListIterationsResponse,
  StepComparison,
  StepIteration,
  SummarizeIterationsResponse,
} from '@maestro/proto/maestro/scheduler/v1/view_service';
import { StepStatus } from '@maestro/proto/maestro/types/v1/instance';
import { instanceStatusFromProto } from '../instance-status.js';
import { optionally } from '../present.js';
import { stepStatusFromProto } from '../step-status.js';
import { jsonFields, listJson, textJson } from './fields.js';
import { paginationToJson } from './pagination.js';
import { paramsMessageToJson } from './params.js';
import { stepRuntimeStateToJson } from './step-instance.js';

/** stepIterationToJson: a step in one iteration, the shape of §6.13 of Maestro's model. */
export function stepIterationToJson(message: StepIteration): JsonObject {
  return jsonFields({
    workflow_id: message.workflowId,
    workflow_instance_id: message.workflowInstanceId,
    workflow_run_id: message.workflowRunId,
    step_id: message.stepId,
    iteration_rank: message.iterationRank,
    step_attempt_seq: message.stepAttemptSeq,
    leaf_step_instance_ref: optionally(message.leafStepInstanceRef, (leaf) =>
      jsonFields({
        workflow_id: leaf.workflowId,
        workflow_instance_id: leaf.workflowInstanceId,
        workflow_run_id: leaf.workflowRunId,
        step_id: textJson(leaf.stepId),
        step_attempt_id: leaf.stepAttemptId === 0 ? undefined : BigInt(leaf.stepAttemptId),
      }),
    ),
    loop_params: optionally(message.loopParams, paramsMessageToJson),
    step_runtime_state: optionally(message.stepRuntimeState, stepRuntimeStateToJson),
  });
}

/** iterationsToJson: a page of them. How many there are in all is not known: that is what the summary counts. */
export function iterationsToJson({ iterations, page }: ListIterationsResponse): JsonObject {
  const { total_count: _, ...json } = paginationToJson(iterations.map(stepIterationToJson), page);
  return json;
}

/** iterationSummaryToJson: how the iterations fare as a whole, the shape of §6.13 of Maestro's model. */
export function iterationSummaryToJson(message: SummarizeIterationsResponse): JsonObject {
  const counts = message.countByStatus.map(({ status, count }): [string, Json] => [stepStatusFromProto(status), count]);
  const values = Object.entries(message.loopParamValues).map(([name, found]): [string, Json] => [name, found.values]);
  return jsonFields({
    count_by_status: Object.fromEntries(counts),
    representative_iteration: optionally(message.representativeIteration, stepIterationToJson),
    loop_param_values: Object.fromEntries(values),
  });
}

/** comparisonToJson: two runs side by side (not in the original's API). */
export function comparisonToJson(message: CompareRunsResponse): JsonObject {
  return jsonFields({
    left: optionally(message.left, comparedRunToJson),
    right: optionally(message.right, comparedRunToJson),
    params: message.params.map(({ name, left, right }) =>
      jsonFields({ name, left: textJson(left), right: textJson(right) }),
    ),
    steps: message.steps.map(stepComparisonToJson),
  });
}

function comparedRunToJson(run: ComparedRun): JsonObject {
  return jsonFields({
    workflow_id: run.workflowId,
    workflow_instance_id: run.workflowInstanceId,
    workflow_run_id: run.workflowRunId,
    workflow_version_id: run.workflowVersionId,
    status: instanceStatusFromProto(run.status),
    duration: run.duration,
    critical_path: listJson(run.criticalPath, (stepId) => stepId),
  });
}

function stepComparisonToJson(step: StepComparison): JsonObject {
  const side = (status: StepStatus, duration: bigint | undefined): JsonObject | undefined =>
    status === StepStatus.UNSPECIFIED ? undefined : jsonFields({ status: stepStatusFromProto(status), duration });
  return jsonFields({
    step_id: step.stepId,
    left: side(step.leftStatus, step.leftDuration),
    right: side(step.rightStatus, step.rightDuration),
  });
}
