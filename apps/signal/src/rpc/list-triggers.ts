import type { Handler } from '@maestro/grpc';
import { LineageService } from '@maestro/proto/maestro/signal/v1/lineage_service';
import type { LineageDeps } from './lineage-deps.js';
import { subscribedToProto } from './lineage-messages.js';

/** listTriggersRpc serves ListTriggers. */
export function listTriggersRpc({ lineage }: LineageDeps): Handler<typeof LineageService.method.listTriggers> {
  return async ({ workflowId }) => ({
    triggers: (await lineage.triggers(workflowId)).map(subscribedToProto),
  });
}
