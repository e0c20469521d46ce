import type { MessageInitShape } from '@bufbuild/protobuf';
import type { CallContext } from '@maestro/grpc';
import type { InstanceActionResultSchema, RunReference } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { instanceStatusToProto, timelineEventToProto } from '@maestro/wire';
import { callerOf } from '@maestro/service';
import { pauseInstance, type PauseAsk, type PauseInstanceDeps } from '../usecases/pause-instance.js';
import { runReferenceOf } from './run-reference.js';

/** pauseRun pauses or resumes a run and words the answer. */
export async function pauseRun(
  deps: PauseInstanceDeps,
  request: { readonly run?: RunReference | undefined; readonly reason: string },
  act: PauseAsk['act'],
  context: CallContext,
): Promise<MessageInitShape<typeof InstanceActionResultSchema>> {
  const by = callerOf(context);
  const { reason } = request;
  const run = runReferenceOf(request.run);
  const found = await pauseInstance(deps, { run, act, by, reason });
  const action = act === 'pause' ? 'PAUSE' : 'RESUME';
  return {
    workflowId: run.workflowId,
    workflowVersionId: found.version,
    workflowInstanceId: run.instanceId,
    workflowRunId: found.runId,
    workflowInstanceStatus: instanceStatusToProto(found.status),
    completed: true,
    timelineEvent: timelineEventToProto({ type: 'ACTION', timestamp: deps.now(), action, author: by, reason }),
  };
}
