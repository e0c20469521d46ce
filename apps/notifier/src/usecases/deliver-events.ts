import { WEBHOOK_CHANNEL } from '../ports/channel.js';
import type { Deliveries, NewDelivery } from '../ports/delivery.js';
import type { EventListener } from '../ports/event-listener.js';
import type { MaestroEvent } from '../ports/maestro-event.js';
import type { Subscription, Webhooks } from '../ports/webhook.js';
import { workflowOf } from './event-attributes.js';
import { eventType } from './event-type.js';
import { jsonCloudEvent } from './json-cloud-event.js';
import { matchesAny } from './matches-pattern.js';

export interface DeliverEventsDeps {
  readonly webhooks: Pick<Webhooks, 'subscriptions'>;
  readonly deliveries: Pick<Deliveries, 'add'>;
  /** Something new is to be sent. */
  readonly onAdded: () => void;
}

/** deliverEvents puts every event into the table for each webhook that asks for it. */
export function deliverEvents({ webhooks, deliveries, onAdded }: DeliverEventsDeps): EventListener {
  return {
    hear: async (events) => {
      const subscriptions = await webhooks.subscriptions();
      if (subscriptions.length === 0) return;
      const wanted = events.flatMap((event) => deliveriesOf(event, subscriptions));
      if (wanted.length === 0) return;
      await deliveries.add(wanted);
      onAdded();
    },
  };
}

function deliveriesOf(event: MaestroEvent, subscriptions: readonly Subscription[]): readonly NewDelivery[] {
  const kind = eventType(event);
  const workflowId = workflowOf(event);
  const wanting = subscriptions.filter((each) => wants(each, event.tenant, kind, workflowId));
  if (wanting.length === 0) return [];
  const payload = jsonCloudEvent(event);
  return wanting.map(({ id }) => ({
    messageId: event.id,
    channel: WEBHOOK_CHANNEL,
    target: id,
    kind,
    tenant: event.tenant,
    ...(workflowId === undefined ? {} : { workflowId }),
    payload,
  }));
}

/** Who names workflows hears nothing that belongs to none. */
function wants(
  { tenant, eventTypes, workflowIds }: Subscription,
  tenantOfEvent: string,
  kind: string,
  workflowId: string | undefined,
): boolean {
  if (tenant !== tenantOfEvent || !matchesAny(eventTypes, kind)) return false;
  return workflowIds.length === 0 || (workflowId !== undefined && matchesAny(workflowIds, workflowId));
}
