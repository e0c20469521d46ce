import type { Handler } from '@maestro/grpc';
import { ActionService } from '@maestro/proto/maestro/scheduler/v1/action_service';
import { timelineEventToProto } from '@maestro/wire';
import { callerOf } from '@maestro/service';
import { checkWorkflowId } from '../usecases/act-on-queue.js';
import { pauseWorkflow, type PauseWorkflowDeps } from '../usecases/pause-workflow.js';

const MESSAGE = 'The workflow goes on: it launches what its run strategy lets in.';

/** resumeWorkflowRpc serves ResumeWorkflow. */
export function resumeWorkflowRpc(
  deps: PauseWorkflowDeps & { now(): number },
): Handler<typeof ActionService.method.resumeWorkflow> {
  return async ({ workflowId, reason }, context) => {
    const author = callerOf(context);
    await pauseWorkflow(deps, checkWorkflowId(workflowId), false);
    const event = {
      type: 'ACTION',
      timestamp: deps.now(),
      action: 'RESUME',
      author,
      message: MESSAGE,
      reason,
    } as const;
    return { timelineEvent: timelineEventToProto(event) };
  };
}
