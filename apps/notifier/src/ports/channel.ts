import type { Delivery } from './delivery.js';

/** Outcome is what came of one try. */
export type Outcome =
  /** The receiver has it. */
  | { readonly result: 'delivered'; readonly answer: string }
  /** Not now: it is tried again, not before `afterMs` when the receiver asked for that. */
  | { readonly result: 'retry'; readonly reason: string; readonly afterMs?: number }
  /** Never: trying again would not help. */
  | { readonly result: 'refused'; readonly reason: string };

/** Channel is one way to reach somebody outside: webhook, e-mail, ... */
export interface Channel {
  /** What `delivery.channel` says. */
  readonly name: string;
  /**
   * send tries once, in the time that `signal` leaves. What it throws counts as `retry`. It may be called again for a delivery that had arrived (a crash
   * before the commit), with the same message id.
   */
  send(delivery: Delivery, signal: AbortSignal): Promise<Outcome>;
}

/** Name of the channel whose targets are webhooks. */
export const WEBHOOK_CHANNEL = 'webhook';
