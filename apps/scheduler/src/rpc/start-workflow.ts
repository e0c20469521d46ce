import type { MessageInitShape } from '@bufbuild/protobuf';
import type { CallContext, Handler } from '@maestro/grpc';
import {
  SchedulerService,
  StartStatus,
  type StartWorkflowRequest,
  type StartWorkflowResponseSchema,
} from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { traceparentOf } from '@maestro/telemetry';
import { timelineEventToProto } from '@maestro/wire';
import { startWorkflow, type Started, type StartWorkflowDeps } from '../usecases/start-workflow.js';
import { callerOf } from './caller-of.js';

/** startWorkflowRpc serves StartWorkflow. */
export function startWorkflowRpc(
  deps: StartWorkflowDeps & { now(): number },
): Handler<typeof SchedulerService.method.startWorkflow> {
  return (request, context) => start(deps, request, context);
}

const STATUS: Readonly<Record<Started['status'], StartStatus>> = {
  CREATED: StartStatus.CREATED,
  DUPLICATED: StartStatus.DUPLICATED,
  STOPPED: StartStatus.STOPPED,
};

/** start starts one instance and words the answer. */
export async function start(
  deps: StartWorkflowDeps & { now(): number },
  request: StartWorkflowRequest,
  context: CallContext,
): Promise<MessageInitShape<typeof StartWorkflowResponseSchema>> {
  const caller = callerOf(context);
  const started = await startWorkflow(deps, request, caller, traceparentOf(context.trace));
  const { instanceId, runId, version, status, requestDiffers, stale } = started;
  const timelineEvent = timelineEventToProto({
    type: 'ACTION',
    timestamp: deps.now(),
    action: 'START',
    author: caller,
    message: sayStatus(status),
  });
  return {
    workflowId: request.workflowId,
    workflowVersionId: version,
    workflowInstanceId: instanceId,
    workflowRunId: runId,
    workflowUuid: request.requestId,
    status: STATUS[status],
    timelineEvent,
    requestDiffers,
    staleDefinition: stale,
  };
}

function sayStatus(status: Started['status']): string {
  if (status === 'CREATED') return 'The instance was created.';
  return status === 'DUPLICATED'
    ? 'This request id had started the instance before.'
    : 'The run strategy refused the instance.';
}
