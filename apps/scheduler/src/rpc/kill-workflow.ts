import type { Handler } from '@maestro/grpc';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { timelineEventToProto } from '@maestro/wire';
import { callerOf } from '@maestro/service';
import { actOnQueue, checkWorkflowId, type ActOnQueueDeps } from '../usecases/act-on-queue.js';

/** killWorkflowRpc serves KillWorkflow. */
export function killWorkflowRpc(deps: ActOnQueueDeps): Handler<typeof SchedulerService.method.killWorkflow> {
  return async ({ workflowId, reason }, context) => {
    const by = callerOf(context);
    const why = reason === '' ? `asked for by ${by}` : reason;
    const { queued, running } = await actOnQueue(deps, checkWorkflowId(workflowId), {
      type: 'end-all',
      end: 'kill',
      by,
      reason: why,
    });
    const message = `${String(queued)} queued instances were killed, ${String(running)} running ones are being killed.`;
    const timelineEvent = timelineEventToProto({
      type: 'ACTION',
      timestamp: deps.now(),
      action: 'KILL',
      author: by,
      message,
      reason: why,
    });
    return { killedQueued: BigInt(queued), killingRunning: BigInt(running), timelineEvent };
  };
}
