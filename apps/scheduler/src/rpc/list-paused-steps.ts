import type { Handler } from '@maestro/grpc';
import { ActionService } from '@maestro/proto/maestro/scheduler/v1/action_service';
import { instantToProto } from '@maestro/wire';
import { checkWorkflowId } from '../usecases/act-on-queue.js';
import type { ListBreakpointsDeps } from '../usecases/list-breakpoints.js';
import { listPausedSteps } from '../usecases/list-paused-steps.js';

/** listPausedStepsRpc serves ListPausedSteps. */
export function listPausedStepsRpc(deps: ListBreakpointsDeps): Handler<typeof ActionService.method.listPausedSteps> {
  return async ({ workflowId, stepId }) => {
    const found = await listPausedSteps(deps, checkWorkflowId(workflowId), stepId);
    const steps = found.map(({ header, stepId: id, attempt, pauseTime }) => ({
      workflowId: header.workflowId,
      workflowVersionId: header.version,
      workflowInstanceId: header.instanceId,
      workflowRunId: header.runId,
      stepId: id,
      stepAttemptId: attempt,
      pauseTime: instantToProto(pauseTime),
    }));
    return { steps };
  };
}
