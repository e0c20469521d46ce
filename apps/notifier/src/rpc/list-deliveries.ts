import type { Handler } from '@maestro/grpc';
import { NotifierService } from '@maestro/proto/maestro/notifier/v1/notifier_service';
import { pageTokens, readPageAsk } from '@maestro/service';
import { DELIVERY_STATE_TABLE } from '@maestro/wire';
import { tenantOf } from './asking-of.js';
import type { NotifierDeps } from './notifier-deps.js';
import { deliveryToProto, filterFromProto } from './notifier-messages.js';

/** listDeliveriesRpc serves ListDeliveries. */
export function listDeliveriesRpc({ log }: NotifierDeps): Handler<typeof NotifierService.method.listDeliveries> {
  return async ({ filter: asked, state: askedState, page: askedPage }, context) => {
    const tenant = tenantOf(context);
    const filter = filterFromProto(asked);
    const state = DELIVERY_STATE_TABLE.fromProtoOptional(askedState, 'state');
    const list = `deliveries ${tenant} ${JSON.stringify(filter)} ${state ?? ''}`;
    const page = await log.list(tenant, filter, state, readPageAsk(askedPage, list));
    return {
      deliveries: page.items.map(deliveryToProto),
      page: { ...pageTokens(page, list), totalCount: page.totalCount },
    };
  };
}
