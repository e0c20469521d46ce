import { HttpReceiver, type ReceivedRequest, type ReceiverAnswer } from '../http-receiver.js';
import { z } from 'zod';

const key = z.string().length(32);
const trigger = z.strictObject({
  routing_key: key,
  event_action: z.literal('trigger'),
  dedup_key: z.string().min(1).max(255),
  payload: z.strictObject({
    summary: z.string().min(1).max(1_024),
    source: z.string().min(1),
    severity: z.enum(['critical', 'error', 'warning', 'info']),
    timestamp: z.iso.datetime(),
    component: z.string().optional(),
    group: z.string().optional(),
    class: z.string().optional(),
    custom_details: z.record(z.string(), z.unknown()).optional(),
  }),
  client: z.string().optional(),
  client_url: z.url().optional(),
  links: z.array(z.strictObject({ href: z.url(), text: z.string() })).optional(),
});
const update = z.strictObject({
  routing_key: key,
  event_action: z.enum(['acknowledge', 'resolve']),
  dedup_key: z.string().min(1).max(255),
});
const event = z.discriminatedUnion('event_action', [trigger, update]);

/** PagerdutyEvent is an event that PagerDuty takes. */
export type PagerdutyEvent = z.infer<typeof event>;

/** PagerdutyReceiver takes what the Events API v2 takes at `/v2/enqueue`, by its schema, and refuses all else as PagerDuty does. */
export class PagerdutyReceiver extends HttpReceiver {
  readonly events: PagerdutyEvent[] = [];

  override answer = ({ path, body }: ReceivedRequest): ReceiverAnswer => {
    if (path !== '/v2/enqueue') return { status: 404 };
    const read = event.safeParse(JSON.parse(body));
    if (!read.success) {
      const errors = read.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`);
      return {
        status: 400,
        body: JSON.stringify({ status: 'invalid event', message: 'Event object is invalid', errors }),
      };
    }
    this.events.push(read.data);
    const { dedup_key } = read.data;
    return { status: 202, body: JSON.stringify({ status: 'success', message: 'Event processed', dedup_key }) };
  };
}
