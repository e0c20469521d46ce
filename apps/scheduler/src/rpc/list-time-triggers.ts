import type { Handler } from '@maestro/grpc';
import { TriggerService } from '@maestro/proto/maestro/scheduler/v1/trigger_service';
import { triggersOf, type TriggerDeps } from '../usecases/time-triggers/trigger-deps.js';
import { triggersToProto } from './time-trigger-message.js';

/** listTimeTriggersRpc serves ListTimeTriggers. */
export function listTimeTriggersRpc(deps: TriggerDeps): Handler<typeof TriggerService.method.listTimeTriggers> {
  return async ({ workflowId, nextFirings }) => ({
    triggers: triggersToProto(deps, await triggersOf(deps, workflowId), nextFirings),
  });
}
