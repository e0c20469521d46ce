import { createHash } from 'node:crypto';
import { toBinary } from '@bufbuild/protobuf';
import type { CallContext, Handler } from '@maestro/grpc';
import {
  RestartStepRequestSchema,
  SchedulerService,
  UpstreamRestartMode,
} from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { traceparentOf } from '@maestro/telemetry';
import { paramDefinitionsFromProto, timelineEventToProto } from '@maestro/wire';
import { callerOf } from '@maestro/service';
import { restartStep } from '../usecases/restart-step.js';
import type { RestartRunDeps } from '../usecases/restart-run.js';
import { restartPolicyOf, startStatusOf } from './restart-request.js';
import { runReferenceOf } from './run-reference.js';

/** restartStepRpc serves RestartStep. */
export function restartStepRpc(deps: RestartRunDeps): Handler<typeof SchedulerService.method.restartStep> {
  return async (request, context: CallContext) => {
    const by = callerOf(context);
    const downstreamPolicy = restartPolicyOf(request.restartPolicy);
    const restarted = await restartStep(deps, {
      requestId: request.requestId,
      requestHash: createHash('sha256').update(toBinary(RestartStepRequestSchema, request)).digest(),
      by,
      traceparent: traceparentOf(context.trace),
      version: request.version || undefined,
      run: runReferenceOf(request.run),
      stepId: request.stepId,
      downstreamPolicy,
      inlineRoot: request.upstreamRestartMode === UpstreamRestartMode.RESTART_FROM_INLINE_ROOT,
      stepParams: request.stepRunParams ? paramDefinitionsFromProto(request.stepRunParams, 'step_run_params') : {},
    });
    const message = `step ${request.stepId}`;
    const event = { type: 'ACTION', timestamp: deps.now(), action: 'RESTART', author: by, message } as const;
    return {
      workflowId: restarted.workflowId,
      workflowVersionId: restarted.version,
      workflowInstanceId: restarted.instanceId,
      workflowRunId: restarted.runId,
      stepId: restarted.stepId,
      stepAttemptId: restarted.attempt,
      status: startStatusOf(restarted.status),
      timelineEvent: timelineEventToProto(event),
    };
  };
}
