import type { Handler } from '@maestro/grpc';
import { TriggerService } from '@maestro/proto/maestro/scheduler/v1/trigger_service';
import { callerOf } from '@maestro/service';
import { pauseTrigger } from '../usecases/time-triggers/pause-trigger.js';
import type { TriggerDeps } from '../usecases/time-triggers/trigger-deps.js';
import { triggersToProto } from './time-trigger-message.js';

/** pauseTimeTriggerRpc serves PauseTimeTrigger. */
export function pauseTimeTriggerRpc(deps: TriggerDeps): Handler<typeof TriggerService.method.pauseTimeTrigger> {
  return async (request, context) => ({
    triggers: triggersToProto(deps, await pauseTrigger(deps, request, callerOf(context))),
  });
}
