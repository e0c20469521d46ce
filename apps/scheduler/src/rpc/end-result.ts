import type { MessageInitShape } from '@bufbuild/protobuf';
import { isTerminalInstance } from '@maestro/domain';
import type { CallContext } from '@maestro/grpc';
import type { InstanceActionResultSchema, RunReference } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { instanceStatusToProto, timelineEventToProto } from '@maestro/wire';
import { callerOf } from '@maestro/service';
import { endInstance, type EndInstanceDeps, type EndRequest } from '../usecases/end-instance.js';
import { runReferenceOf } from './run-reference.js';

/** endRun stops or kills a run and words the answer. */
export async function endRun(
  deps: EndInstanceDeps,
  request: { readonly run?: RunReference | undefined; readonly reason: string },
  end: EndRequest['end'],
  context: CallContext,
): Promise<MessageInitShape<typeof InstanceActionResultSchema>> {
  const by = callerOf(context);
  const reason = request.reason === '' ? `asked for by ${by}` : request.reason;
  const run = runReferenceOf(request.run);
  const { found, status } = await endInstance(deps, { run, end, by, reason });
  const action = end === 'stop' ? 'STOP' : 'KILL';
  return {
    workflowId: run.workflowId,
    workflowVersionId: found.version,
    workflowInstanceId: run.instanceId,
    workflowRunId: found.runId,
    workflowInstanceStatus: instanceStatusToProto(status),
    completed: isTerminalInstance(status),
    timelineEvent: timelineEventToProto({ type: 'ACTION', timestamp: deps.now(), action, author: by, reason }),
  };
}
