import type { Handler } from '@maestro/grpc';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { timelineEventToProto } from '@maestro/wire';
import { callerOf } from '@maestro/service';
import { actOnQueue, checkWorkflowId, type ActOnQueueDeps } from '../usecases/act-on-queue.js';

/** unblockWorkflowRpc serves UnblockWorkflow: the failed runs let go, then the queue is asked who may start now. */
export function unblockWorkflowRpc(deps: ActOnQueueDeps): Handler<typeof SchedulerService.method.unblockWorkflow> {
  return async ({ workflowId, workflowInstanceId }, context) => {
    const author = callerOf(context);
    const id = checkWorkflowId(workflowId);
    const one = workflowInstanceId === 0n ? {} : { instanceId: workflowInstanceId };
    const { unblocked } = await actOnQueue(deps, id, { type: 'unblock', ...one });
    await actOnQueue(deps, id, { type: 'admit' });
    const message = `${String(unblocked)} failed instances no longer hold the queue.`;
    const timelineEvent = timelineEventToProto({
      type: 'ACTION',
      timestamp: deps.now(),
      action: 'UNBLOCK',
      author,
      message,
    });
    return { unblocked: BigInt(unblocked), timelineEvent };
  };
}
