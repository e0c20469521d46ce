import type { Handler } from '@maestro/grpc';
import { NotifierService } from '@maestro/proto/maestro/notifier/v1/notifier_service';
import { testWebhook } from '../usecases/test-webhook.js';
import { tenantOf } from './asking-of.js';
import type { NotifierDeps } from './notifier-deps.js';

/** testWebhookRpc serves TestWebhook. */
export function testWebhookRpc(deps: NotifierDeps): Handler<typeof NotifierService.method.testWebhook> {
  return async ({ id }, context) => {
    const { delivered, answer, ms } = await testWebhook(deps, tenantOf(context), id, context.signal);
    return { delivered, answer, durationMillis: BigInt(Math.round(ms)) };
  };
}
