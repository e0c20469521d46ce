import type { Handler } from '@maestro/grpc';
import { NotifierService } from '@maestro/proto/maestro/notifier/v1/notifier_service';
import { deleteWebhook } from '../usecases/webhook-acts.js';
import { askingOf } from './asking-of.js';
import type { NotifierDeps } from './notifier-deps.js';

/** deleteWebhookRpc serves DeleteWebhook. */
export function deleteWebhookRpc(deps: NotifierDeps): Handler<typeof NotifierService.method.deleteWebhook> {
  return async (request, context) => {
    const { tenant } = askingOf(request, context);
    return { givenUp: await deleteWebhook(deps, tenant, request.id) };
  };
}
