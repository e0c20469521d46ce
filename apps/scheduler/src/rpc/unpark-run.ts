import { isTerminalInstance, MaestroError } from '@maestro/domain';
import type { Handler } from '@maestro/grpc';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { instanceStatusToProto, timelineEventToProto } from '@maestro/wire';
import { callerOf } from '@maestro/service';
import { unparkRun, type UnparkRunDeps } from '../usecases/unpark-run.js';
import { runReferenceOf } from './run-reference.js';

/** unparkRunRpc serves UnparkRun. */
export function unparkRunRpc(deps: UnparkRunDeps): Handler<typeof SchedulerService.method.unparkRun> {
  return async ({ run }, context) => {
    const author = callerOf(context);
    const reference = runReferenceOf(run);
    const found = await deps.reader.find(reference);
    if (isTerminalInstance(found.status))
      throw new MaestroError('INVALID_STATE', `The run has ended ${found.status}; it cannot be unparked.`);
    const replayed = await unparkRun(deps, found.runKey);
    const message = `The run goes on; ${String(replayed)} events that had waited were replayed.`;
    const after = await deps.reader.find(reference);
    return {
      result: {
        workflowId: reference.workflowId,
        workflowVersionId: after.version,
        workflowInstanceId: reference.instanceId,
        workflowRunId: after.runId,
        workflowInstanceStatus: instanceStatusToProto(after.status),
        completed: isTerminalInstance(after.status),
        timelineEvent: timelineEventToProto({
          type: 'ACTION',
          timestamp: deps.now(),
          action: 'UNPARK',
          author,
          message,
        }),
      },
    };
  };
}
