import type { Param } from '@maestro/domain';
import type { RunHeader, SideSummary, StepSide } from '@maestro/engine';
import type { Handler } from '@maestro/grpc';
import { ViewService } from '@maestro/proto/maestro/scheduler/v1/view_service';
import { StepStatus } from '@maestro/proto/maestro/types/v1/instance';
import { exactJsonText, instanceStatusToProto, stepStatusToProto } from '@maestro/wire';
import { comparedRuns, type CompareRunsDeps } from '../usecases/compare-runs.js';
import { runReferenceOf } from './run-reference.js';

/** compareRunsRpc serves CompareRuns. */
export function compareRunsRpc(deps: CompareRunsDeps): Handler<typeof ViewService.method.compareRuns> {
  return async (request) => {
    const { left, right, comparison } = await comparedRuns(
      deps,
      runReferenceOf(request.left),
      runReferenceOf(request.right),
    );
    return {
      left: runToProto(left, comparison.left),
      right: runToProto(right, comparison.right),
      params: comparison.params.map((each) => ({
        name: each.name,
        left: valueText(each.left),
        right: valueText(each.right),
      })),
      steps: comparison.steps.map((step) => ({
        stepId: step.stepId,
        leftStatus: statusOf(step.left),
        rightStatus: statusOf(step.right),
        ...(step.left?.duration === undefined ? {} : { leftDuration: BigInt(step.left.duration) }),
        ...(step.right?.duration === undefined ? {} : { rightDuration: BigInt(step.right.duration) }),
      })),
    };
  };
}

function runToProto(header: RunHeader, { duration, criticalPath }: SideSummary) {
  return {
    workflowId: header.workflowId,
    workflowInstanceId: header.instanceId,
    workflowRunId: header.runId,
    workflowVersionId: header.version,
    status: instanceStatusToProto(header.status),
    ...(duration === undefined ? {} : { duration: BigInt(duration) }),
    criticalPath: [...criticalPath],
  };
}

const statusOf = (side: StepSide | undefined): StepStatus =>
  side === undefined ? StepStatus.UNSPECIFIED : stepStatusToProto(side.status);

/** A value as JSON; that of a param that was not evaluated is its definition. */
function valueText(param: Param | undefined): string {
  if (param === undefined) return '';
  const { definition, evaluatedResult } = param;
  if (evaluatedResult !== undefined) return exactJsonText(evaluatedResult);
  return 'expression' in definition ? definition.expression : definition.type;
}
