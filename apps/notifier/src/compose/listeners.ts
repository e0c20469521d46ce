import { exactJsonText } from '@maestro/wire';
import { natsCloudEvents } from '../adapters/nats/publish-cloud-events.js';
import type { NotifierConfig } from '../config.js';
import type { EventEncoding } from '../ports/event-encoding.js';
import type { EventListener } from '../ports/event-listener.js';
import type { Webhooks } from '../ports/webhook.js';
import { deliverEvents } from '../usecases/deliver-events.js';
import { JSON_EVENT, jsonCloudEvent } from '../usecases/json-cloud-event.js';
import { PROTOBUF_EVENT, protobufCloudEvent } from '../usecases/protobuf-cloud-event.js';
import type { CallerBase } from '@maestro/service';
import type { Outgoing } from './deliveries.js';

const ENCODINGS: readonly EventEncoding[] = [
  { format: 'json', contentType: JSON_EVENT, encode: (event) => Buffer.from(exactJsonText(jsonCloudEvent(event))) },
  { format: 'protobuf', contentType: PROTOBUF_EVENT, encode: protobufCloudEvent },
];

/** listenersOf are those in this service who hear what happens, one line each. */
export function listenersOf(
  { messaging }: CallerBase,
  { cloudEvents }: NotifierConfig,
  { deliveries, nudge }: Outgoing,
  webhooks: Webhooks,
): readonly EventListener[] {
  const encodings = ENCODINGS.filter(({ format }) => cloudEvents.includes(format));
  return [
    ...(encodings.length === 0 ? [] : [natsCloudEvents(messaging, encodings)]),
    deliverEvents({ webhooks, deliveries, onAdded: nudge }),
  ];
}
