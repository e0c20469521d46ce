import type { Handler } from '@maestro/grpc';
import { TriggerService } from '@maestro/proto/maestro/scheduler/v1/trigger_service';
import { callerOf } from '@maestro/service';
import { resumeTrigger } from '../usecases/time-triggers/pause-trigger.js';
import type { TriggerDeps } from '../usecases/time-triggers/trigger-deps.js';
import { triggersToProto } from './time-trigger-message.js';

/** resumeTimeTriggerRpc serves ResumeTimeTrigger. */
export function resumeTimeTriggerRpc(deps: TriggerDeps): Handler<typeof TriggerService.method.resumeTimeTrigger> {
  return async (request, context) => {
    callerOf(context);
    return { triggers: triggersToProto(deps, await resumeTrigger(deps, request, request.skipMissed)) };
  };
}
