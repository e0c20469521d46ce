import type { Handler } from '@maestro/grpc';
import { NotifierService, type UpdateWebhookRequest } from '@maestro/proto/maestro/notifier/v1/notifier_service';
import type { WebhookChange } from '../ports/webhook.js';
import { updateWebhook } from '../usecases/webhook-acts.js';
import { askingOf } from './asking-of.js';
import type { NotifierDeps } from './notifier-deps.js';
import { webhookToProto } from './notifier-messages.js';

/** updateWebhookRpc serves UpdateWebhook. */
export function updateWebhookRpc(deps: NotifierDeps): Handler<typeof NotifierService.method.updateWebhook> {
  return async (request, context) => {
    const { tenant } = askingOf(request, context);
    const { id, rotateSecret } = request;
    const { webhook, secret = '' } = await updateWebhook(deps, tenant, id, changeOf(request), rotateSecret);
    return { webhook: webhookToProto(webhook), secret };
  };
}

function changeOf({ url, description, eventTypes, workflowIds, disabled }: UpdateWebhookRequest): WebhookChange {
  return {
    ...(url === undefined ? {} : { url }),
    ...(description === undefined ? {} : { description }),
    ...(eventTypes === undefined ? {} : { eventTypes: eventTypes.patterns }),
    ...(workflowIds === undefined ? {} : { workflowIds: workflowIds.patterns }),
    ...(disabled === undefined ? {} : { disabled }),
  };
}
