import type { Handler } from '@maestro/grpc';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { timelineEventToProto } from '@maestro/wire';
import { callerOf } from '@maestro/service';
import { checkWorkflowId } from '../usecases/act-on-queue.js';
import { deleteWorkflow, type DeleteWorkflowDeps } from '../usecases/delete-workflow.js';

/** deleteWorkflowRpc serves DeleteWorkflow. */
export function deleteWorkflowRpc(deps: DeleteWorkflowDeps): Handler<typeof SchedulerService.method.deleteWorkflow> {
  return async ({ workflowId }, context) => {
    const author = callerOf(context);
    return { timelineEvent: timelineEventToProto(await deleteWorkflow(deps, checkWorkflowId(workflowId), author)) };
  };
}
