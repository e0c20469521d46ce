import { createHash } from 'node:crypto';
import { toBinary } from '@bufbuild/protobuf';
import type { CallContext, Handler } from '@maestro/grpc';
import { RestartInstanceRequestSchema, SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { traceparentOf } from '@maestro/telemetry';
import { paramDefinitionsFromProto, timelineEventToProto } from '@maestro/wire';
import { callerOf } from '@maestro/service';
import { restartInstance } from '../usecases/restart-instance.js';
import type { RestartRunDeps } from '../usecases/restart-run.js';
import { restartPolicyOf, startStatusOf, stepParamsOf } from './restart-request.js';
import { runReferenceOf } from './run-reference.js';

type Method = typeof SchedulerService.method.restartInstance;

/** restartInstanceRpc serves RestartInstance. */
export function restartInstanceRpc(deps: RestartRunDeps): Handler<Method> {
  return async (request, context: CallContext) => {
    const by = callerOf(context);
    const policy = restartPolicyOf(request.restartPolicy);
    const { workflowId, instanceId, runId, version, status, requestDiffers, stale } = await restartInstance(deps, {
      requestId: request.requestId,
      requestHash: createHash('sha256').update(toBinary(RestartInstanceRequestSchema, request)).digest(),
      by,
      traceparent: traceparentOf(context.trace),
      version: request.version || undefined,
      run: runReferenceOf(request.run),
      policy,
      downstreamPolicy: policy,
      params: request.runParams ? paramDefinitionsFromProto(request.runParams, 'run_params') : {},
      stepParams: stepParamsOf(request.stepRunParams),
      skipSteps: request.skipSteps,
    });
    const event = { type: 'ACTION', timestamp: deps.now(), action: 'RESTART', author: by, message: policy } as const;
    return {
      restarted: {
        workflowId,
        workflowVersionId: version,
        workflowInstanceId: instanceId,
        workflowRunId: runId,
        workflowUuid: request.requestId,
        status: startStatusOf(status),
        timelineEvent: timelineEventToProto(event),
        requestDiffers,
        staleDefinition: stale,
      },
    };
  };
}
