import type { Handler } from '@maestro/grpc';
import { NotifierService } from '@maestro/proto/maestro/notifier/v1/notifier_service';
import { askingOf } from './asking-of.js';
import type { NotifierDeps } from './notifier-deps.js';
import { filterFromProto } from './notifier-messages.js';

const MOST = 10_000;

/** retryDeliveriesRpc serves RetryDeliveries. */
export function retryDeliveriesRpc({
  log,
  onRetried,
}: NotifierDeps): Handler<typeof NotifierService.method.retryDeliveries> {
  return async (request, context) => {
    const { tenant } = askingOf(request, context);
    const retried = await log.retryDead(tenant, filterFromProto(request.filter), MOST);
    if (retried > 0) onRetried();
    return { retried: BigInt(retried), more: retried === MOST };
  };
}
