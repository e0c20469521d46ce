import { checkTarget, exchange, RefusedTarget, type HttpAnswer, type HttpPolicy } from '@maestro/outbound';
import { exactJsonText } from '@maestro/wire';
import { Webhook as Signer } from 'standardwebhooks';
import { WEBHOOK_CHANNEL, type Channel, type Outcome } from '../../ports/channel.js';
import type { Delivery } from '../../ports/delivery.js';
import type { Receiver, Webhooks } from '../../ports/webhook.js';
import type { WebhookSender } from '../../ports/webhook-sender.js';
import { retryAfterMs } from './retry-after.js';

export interface WebhookChannelDeps {
  readonly webhooks: Pick<Webhooks, 'receiver' | 'disable'>;
  readonly policy: HttpPolicy;
  readonly timeoutMs: number;
  readonly now: () => Date;
}

type Message = Pick<Delivery, 'messageId' | 'payload'>;

const CONTENT_TYPE = 'application/cloudevents+json; charset=utf-8';
const SHOWN_CHARS = 200;

/** WebhookChannel posts CloudEvents to webhooks, signed as Standard Webhooks say. */
export class WebhookChannel implements Channel, WebhookSender {
  readonly name = WEBHOOK_CHANNEL;

  constructor(private readonly deps: WebhookChannelDeps) {}

  async send(delivery: Delivery, signal: AbortSignal): Promise<Outcome> {
    const receiver = await this.deps.webhooks.receiver(delivery.target);
    if (receiver === undefined) return { result: 'refused', reason: 'The webhook was deleted.' };
    if (receiver.disabled) return { result: 'refused', reason: 'The webhook is disabled.' };
    const { outcome, gone } = await this.post(receiver, delivery, signal);
    if (gone) await this.deps.webhooks.disable(delivery.target, 'The receiver answered 410 Gone.');
    return outcome;
  }

  async refusal(url: string): Promise<string | undefined> {
    try {
      await checkTarget(this.deps.policy, url);
      return undefined;
    } catch (error) {
      // A name that cannot be resolved now may be later.
      return error instanceof RefusedTarget ? error.message : undefined;
    }
  }

  /** post sends one message; `gone` = the receiver wants no more. */
  async post(
    { url, secret }: Pick<Receiver, 'url' | 'secret'>,
    { messageId, payload }: Message,
    signal: AbortSignal,
  ): Promise<{ readonly outcome: Outcome; readonly gone: boolean }> {
    const { policy, timeoutMs, now } = this.deps;
    const body = exactJsonText(payload);
    const at = now();
    const headers = {
      'content-type': CONTENT_TYPE,
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'Maestro',
      'webhook-id': messageId,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Signer(secret).sign(messageId, at, body),
    };
    try {
      const target = await checkTarget(policy, url);
      const answer = await exchange(target, { method: 'POST', headers, body }, signal, timeoutMs);
      return { outcome: outcomeOf(answer, at), gone: answer.statusCode === 410 };
    } catch (error) {
      if (!(error instanceof RefusedTarget)) throw error;
      return { outcome: { result: 'refused', reason: error.message }, gone: false };
    }
  }
}

function outcomeOf({ statusCode, body, location, retryAfter }: HttpAnswer, now: Date): Outcome {
  const text = body.slice(0, SHOWN_CHARS).replaceAll(/\s+/g, ' ').trim();
  const answer = text === '' ? String(statusCode) : `${statusCode} ${text}`;
  if (statusCode >= 200 && statusCode < 300) return { result: 'delivered', answer };
  if (statusCode === 410) return { result: 'refused', reason: answer };
  const reason = location === undefined ? answer : `${statusCode} to ${location}; redirects are not followed`;
  const afterMs = retryAfterMs(retryAfter, now);
  return { result: 'retry', reason, ...(afterMs === undefined ? {} : { afterMs }) };
}
