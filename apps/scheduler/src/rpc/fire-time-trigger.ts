import type { Handler } from '@maestro/grpc';
import { TriggerService } from '@maestro/proto/maestro/scheduler/v1/trigger_service';
import { callerOf } from '@maestro/service';
import { fireTrigger } from '../usecases/time-triggers/fire-trigger.js';
import type { TriggerDeps } from '../usecases/time-triggers/trigger-deps.js';

/** fireTimeTriggerRpc serves FireTimeTrigger. */
export function fireTimeTriggerRpc(deps: TriggerDeps): Handler<typeof TriggerService.method.fireTimeTrigger> {
  return async (request, context) => {
    callerOf(context);
    const { instanceId, runId, status, nominal } = await fireTrigger(deps, request, request.nominalTime);
    return {
      workflowId: request.workflowId,
      workflowInstanceId: instanceId,
      workflowRunId: runId,
      duplicated: status === 'DUPLICATED',
      nominalTime: BigInt(nominal),
    };
  };
}
