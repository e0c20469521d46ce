import type { Handler } from '@maestro/grpc';
import { ActionService } from '@maestro/proto/maestro/scheduler/v1/action_service';
import { timelineEventToProto } from '@maestro/wire';
import { callerOf } from '@maestro/service';
import { checkWorkflowId } from '../usecases/act-on-queue.js';
import { pauseWorkflow, type PauseWorkflowDeps } from '../usecases/pause-workflow.js';

const MESSAGE = 'The workflow is paused: it takes starts and launches none; what runs goes on to its end.';

/** pauseWorkflowRpc serves PauseWorkflow. */
export function pauseWorkflowRpc(
  deps: PauseWorkflowDeps & { now(): number },
): Handler<typeof ActionService.method.pauseWorkflow> {
  return async ({ workflowId, reason }, context) => {
    const author = callerOf(context);
    await pauseWorkflow(deps, checkWorkflowId(workflowId), true);
    const event = { type: 'ACTION', timestamp: deps.now(), action: 'PAUSE', author, message: MESSAGE, reason } as const;
    return { timelineEvent: timelineEventToProto(event) };
  };
}
