import { MaestroError } from '@maestro/domain';
import { DeliveryState as StateEnum } from '@maestro/proto/maestro/notifier/v1/notifier_service';
import { DELIVERY_STATE_TABLE, deliveryToJson, paginationToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Query } from '../http/query.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';

const PAGE_SIZE = 50;

/** Query parameters of a filter. */
export const DELIVERY_FILTER = ['channel', 'target', 'kind', 'workflow'];

/** listDeliveries: GET /deliveries, newest first; not in the original, as all deliveries. */
export const listDeliveries: Handler = async (call, { notifier }) => {
  const { query } = call;
  const request = { filter: filterOf(query), state: stateOf(query.text('state')), page: query.page(PAGE_SIZE) };
  const answer = await notifier.listDeliveries(request, call.options);
  return ok(() => paginationToJson(answer.deliveries.map(deliveryToJson), answer.page));
};

/** retryDelivery: POST /deliveries/{id}/retry; sends it again, from the first try on. */
export const retryDelivery: Handler = async (call, { notifier }) => {
  const request = { requestId: call.idempotencyKey, id: call.number('id') };
  const { delivery } = await notifier.retryDelivery(request, call.options);
  return ok(() => deliveryToJson(expected(delivery, 'delivery')));
};

/** retryDeliveries: POST /deliveries/retry; sends all dead ones again that the query finds. */
export const retryDeliveries: Handler = async (call, { notifier }) => {
  const request = { requestId: call.idempotencyKey, filter: filterOf(call.query) };
  const { retried, more } = await notifier.retryDeliveries(request, call.options);
  return ok(() => ({ retried, more }));
};

function filterOf(query: Query) {
  const [channel, target, kind, workflowId] = DELIVERY_FILTER.map((name) => query.text(name));
  return { channel: channel ?? '', target: target ?? '', kind: kind ?? '', workflowId: workflowId ?? '' };
}

function stateOf(text: string): StateEnum {
  if (text === '') return StateEnum.UNSPECIFIED;
  const { entries } = DELIVERY_STATE_TABLE;
  const name = text.toUpperCase();
  if (Object.hasOwn(entries, name)) return entries[name as keyof typeof entries];
  const message = `must be one of ${Object.keys(entries).join(', ')}, not "${text}"`;
  throw new MaestroError('INVALID_REQUEST', `The query parameter state ${message}.`, {
    violations: [{ path: 'state', message }],
  });
}
