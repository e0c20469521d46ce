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
import { callerOf } from '@maestro/service';
import { startWorkflow, type Started, type StartWorkflowDeps } from '../usecases/start-workflow.js';

/** startWorkflowRpc serves StartWorkflow. */
export function startWorkflowRpc(
  deps: StartWorkflowDeps & { now(): number },
): Handler<typeof SchedulerService.method.startWorkflow> {
  return async (request, context) => {
    const { response, status } = await start(deps, request, context);
    const author = callerOf(context);
    const event = { type: 'ACTION', timestamp: deps.now(), action: 'START', author, message: SAID[status] } as const;
    return { ...response, timelineEvent: timelineEventToProto(event) };
  };
}

const STATUS: Readonly<Record<Started['status'], StartStatus>> = {
  CREATED: StartStatus.CREATED,
  DUPLICATED: StartStatus.DUPLICATED,
  STOPPED: StartStatus.STOPPED,
};

const SAID: Readonly<Record<Started['status'], string>> = {
  CREATED: 'The instance was created.',
  DUPLICATED: 'This request id had started the instance before.',
  STOPPED: 'The run strategy refused the instance.',
};

/** start starts one instance; the response has no timeline event yet. */
export async function start(
  deps: StartWorkflowDeps,
  request: StartWorkflowRequest,
  context: CallContext,
): Promise<{
  readonly response: MessageInitShape<typeof StartWorkflowResponseSchema>;
  readonly status: Started['status'];
}> {
  const started = await startWorkflow(deps, request, callerOf(context), traceparentOf(context.trace));
  const { instanceId, runId, version, status, requestDiffers, stale } = started;
  const response = {
    workflowId: request.workflowId,
    workflowVersionId: version,
    workflowInstanceId: instanceId,
    workflowRunId: runId,
    workflowUuid: request.requestId,
    status: STATUS[status],
    requestDiffers,
    staleDefinition: stale,
  };
  return { response, status };
}
