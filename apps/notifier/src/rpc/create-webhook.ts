import type { Handler } from '@maestro/grpc';
import { NotifierService } from '@maestro/proto/maestro/notifier/v1/notifier_service';
import { createWebhook } from '../usecases/webhook-acts.js';
import { askingOf } from './asking-of.js';
import type { NotifierDeps } from './notifier-deps.js';
import { webhookToProto } from './notifier-messages.js';

/** createWebhookRpc serves CreateWebhook. */
export function createWebhookRpc(deps: NotifierDeps): Handler<typeof NotifierService.method.createWebhook> {
  return async (request, context) => {
    const { url, description, eventTypes, workflowIds, secret: given } = request;
    const fields = { url, description, eventTypes, workflowIds, ...(given === '' ? {} : { secret: given }) };
    const { webhook, secret = '' } = await createWebhook(deps, askingOf(request, context), fields);
    return { webhook: webhookToProto(webhook), secret };
  };
}
