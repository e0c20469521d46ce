import type { Json, JsonObject } from '@maestro/domain';
import type { MaestroEvent } from '../ports/maestro-event.js';
import { eventAttributes, type EventAttributes } from './event-attributes.js';
import { eventData } from './event-data.js';

/** Media type of one event in CloudEvents' JSON format. */
export const JSON_EVENT = 'application/cloudevents+json; charset=utf-8';

/** jsonCloudEvent is an event in CloudEvents' JSON format. */
export function jsonCloudEvent(event: MaestroEvent): JsonObject {
  return jsonEnvelope(eventAttributes(event), eventData(event));
}

/** jsonEnvelope puts data into the envelope. */
export function jsonEnvelope(attributes: EventAttributes, data: Json): JsonObject {
  return { specversion: '1.0', ...attributes, datacontenttype: 'application/json', data };
}
