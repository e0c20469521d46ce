import { type Msg, type NatsConnection } from '@nats-io/transport-node';
import { headerReader, type HeaderReader } from './headers.js';

/** Delivery is one message of a work queue, to be settled once with ack or nak. */
export interface Delivery {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly headers: HeaderReader;
  /** Delivered before: whoever had it did not ack it in time. */
  readonly redelivered: boolean;
  /** 1 for the first delivery. */
  readonly deliveries: number;
  /** When the server stored it, milliseconds since the epoch by the server's clock. */
  readonly storedAt: number;
  /** ack takes it off the queue. Nothing is awaited: a lost ack is a redelivery. */
  ack(): void;
  /** nak gives it back, to be delivered again after so many milliseconds (at once when absent). */
  nak(delayMs?: number): void;
  /** working starts its ack wait anew. */
  working(): void;
}

const ACK = new TextEncoder().encode('+ACK');
const WORKING = new TextEncoder().encode('+WPI');

/** The facts that a server writes into the reply subject of a delivery. */
export interface DeliveryFacts {
  readonly deliveries: number;
  readonly storedAt: number;
}

/**
 * parseReplySubject reads `$JS.ACK.<stream>.<consumer>.<deliveries>.<stream seq>.<consumer seq>.<nanos>.<pending>`; newer
 * servers put `<domain>.<account>` after `$JS.ACK` and a token at the end. Undefined for anything else.
 */
export function parseReplySubject(reply: string): DeliveryFacts | undefined {
  const tokens = reply.split('.');
  if (tokens[0] !== '$JS' || tokens[1] !== 'ACK') return undefined;
  const first = tokens.length >= 11 ? 4 : 2;
  if (tokens.length < first + 7) return undefined;
  const nanos = tokens[first + 5] ?? '';
  // The last six digits are below a millisecond; cut off as text, the number stays exact.
  return { deliveries: Number(tokens[first + 2]), storedAt: Number(nanos.slice(0, -6)) };
}

/** deliveryOf makes a Delivery of a message that a pull brought; undefined when it is none. */
export function deliveryOf(connection: NatsConnection, message: Msg): Delivery | undefined {
  const reply = message.reply;
  const facts = reply === undefined ? undefined : parseReplySubject(reply);
  if (reply === undefined || facts === undefined) return undefined;
  const settle = (payload: Uint8Array | string): void => {
    if (!connection.isClosed()) connection.publish(reply, payload);
  };
  return {
    subject: message.subject,
    data: message.data,
    headers: headerReader(message),
    redelivered: facts.deliveries > 1,
    deliveries: facts.deliveries,
    storedAt: facts.storedAt,
    ack: () => settle(ACK),
    nak: (delayMs = 0) => settle(delayMs > 0 ? `-NAK {"delay":${String(delayMs * 1_000_000)}}` : '-NAK'),
    working: () => settle(WORKING),
  };
}
