import type { Handler } from '@maestro/grpc';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { timelineEventToProto } from '@maestro/wire';
import { callerOf } from '@maestro/service';
import { actOnQueue, checkWorkflowId, type ActOnQueueDeps } from '../usecases/act-on-queue.js';

/** stopWorkflowRpc serves StopWorkflow. */
export function stopWorkflowRpc(deps: ActOnQueueDeps): Handler<typeof SchedulerService.method.stopWorkflow> {
  return async ({ workflowId, reason }, context) => {
    const by = callerOf(context);
    const why = reason === '' ? `asked for by ${by}` : reason;
    const { queued, running } = await actOnQueue(deps, checkWorkflowId(workflowId), {
      type: 'end-all',
      end: 'stop',
      by,
      reason: why,
    });
    const message = `${String(queued)} queued instances were stopped, ${String(running)} running ones are being stopped.`;
    const timelineEvent = timelineEventToProto({
      type: 'ACTION',
      timestamp: deps.now(),
      action: 'STOP',
      author: by,
      message,
      reason: why,
    });
    return { stoppedQueued: BigInt(queued), stoppingRunning: BigInt(running), timelineEvent };
  };
}
