import type { Handler } from '@maestro/grpc';
import { LineageService } from '@maestro/proto/maestro/signal/v1/lineage_service';
import { signalTriggerToProto } from '@maestro/wire';
import type { LineageDeps } from './lineage-deps.js';

/** listTriggersRpc serves ListTriggers. */
export function listTriggersRpc({ lineage }: LineageDeps): Handler<typeof LineageService.method.listTriggers> {
  return async ({ workflowId }) => ({
    triggers: (await lineage.triggers(workflowId)).map(({ uuid, trigger, subscribeTime, gathered }) => ({
      triggerUuid: uuid,
      trigger: signalTriggerToProto(trigger),
      subscribeTime: BigInt(subscribeTime),
      gathered,
    })),
  });
}
