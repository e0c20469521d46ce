import { MaestroError } from '@maestro/domain';
import type { Handler } from '@maestro/grpc';
import { NotifierService } from '@maestro/proto/maestro/notifier/v1/notifier_service';
import { askingOf } from './asking-of.js';
import type { NotifierDeps } from './notifier-deps.js';
import { deliveryToProto } from './notifier-messages.js';

/** retryDeliveryRpc serves RetryDelivery. */
export function retryDeliveryRpc({
  log,
  onRetried,
}: NotifierDeps): Handler<typeof NotifierService.method.retryDelivery> {
  return async (request, context) => {
    const delivery = await log.retry(askingOf(request, context).tenant, request.id);
    if (delivery === undefined) {
      const message = `There is no delivery ${request.id}. List them: maestro deliveries`;
      throw new MaestroError('DELIVERY_NOT_FOUND', message);
    }
    onRetried();
    return { delivery: deliveryToProto(delivery) };
  };
}
