import type { Handler } from '@maestro/grpc';
import { NotifierService } from '@maestro/proto/maestro/notifier/v1/notifier_service';
import { tenantOf } from './asking-of.js';
import type { NotifierDeps } from './notifier-deps.js';
import { webhookToProto } from './notifier-messages.js';

/** listWebhooksRpc serves ListWebhooks. */
export function listWebhooksRpc({ webhooks }: NotifierDeps): Handler<typeof NotifierService.method.listWebhooks> {
  return async (_request, context) => ({
    webhooks: (await webhooks.list(tenantOf(context))).map(webhookToProto),
  });
}
