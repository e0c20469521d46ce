import { create } from '@bufbuild/protobuf';
import { MaestroError } from '@maestro/domain';
import { InstanceActionResultSchema } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { instanceActionToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';
import { runOf } from './run-reference.js';

/** unblockInstance: PUT .../actions/unblock; the instance's failure no longer holds up a strict queue. */
export const unblockInstance: Handler = async (call, { scheduler }) => {
  const { workflowId, workflowInstanceId, workflowRunId } = runOf(call);
  const latest = { workflowId, workflowInstanceId, workflowRunId: 0n };
  const { instance } = await scheduler.getInstance({ run: latest }, call.options);
  const run = expected(instance, 'instance');
  if (workflowRunId !== 0n && workflowRunId !== run.workflowRunId) {
    const message = `Run ${workflowRunId} is not the latest run of its instance; that is ${run.workflowRunId}.`;
    throw new MaestroError('NOT_LATEST_RUN', message, { metadata: { latest_run: String(run.workflowRunId) } });
  }
  const request = { requestId: call.idempotencyKey, workflowId, workflowInstanceId };
  const { timelineEvent } = await scheduler.unblockWorkflow(request, call.options);
  const result = create(InstanceActionResultSchema, {
    workflowId,
    workflowVersionId: run.workflowVersionId,
    workflowInstanceId,
    workflowRunId: run.workflowRunId,
    workflowInstanceStatus: run.status,
    completed: true,
    timelineEvent,
  });
  return ok(() => instanceActionToJson(result));
};
