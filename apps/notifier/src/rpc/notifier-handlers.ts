import type { Handlers } from '@maestro/grpc';
import type { NotifierService } from '@maestro/proto/maestro/notifier/v1/notifier_service';
import { createWebhookRpc } from './create-webhook.js';
import { deleteWebhookRpc } from './delete-webhook.js';
import { listDeliveriesRpc } from './list-deliveries.js';
import { listWebhooksRpc } from './list-webhooks.js';
import type { NotifierDeps } from './notifier-deps.js';
import { retryDeliveriesRpc } from './retry-deliveries.js';
import { retryDeliveryRpc } from './retry-delivery.js';
import { testWebhookRpc } from './test-webhook.js';
import { updateWebhookRpc } from './update-webhook.js';

/** notifierHandlers has one handler an RPC. */
export function notifierHandlers(deps: NotifierDeps): Handlers<typeof NotifierService> {
  return {
    createWebhook: createWebhookRpc(deps),
    listWebhooks: listWebhooksRpc(deps),
    updateWebhook: updateWebhookRpc(deps),
    deleteWebhook: deleteWebhookRpc(deps),
    testWebhook: testWebhookRpc(deps),
    listDeliveries: listDeliveriesRpc(deps),
    retryDelivery: retryDeliveryRpc(deps),
    retryDeliveries: retryDeliveriesRpc(deps),
  };
}
