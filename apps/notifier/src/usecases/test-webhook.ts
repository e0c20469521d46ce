import { randomUUID } from 'node:crypto';
import type { Clock } from '../ports/clock.js';
import type { Webhooks } from '../ports/webhook.js';
import type { WebhookSender } from '../ports/webhook-sender.js';
import { PING_TYPE } from './event-type.js';
import { jsonEnvelope } from './json-cloud-event.js';
import { webhookNotFound } from './webhook-acts.js';

export interface TestWebhookDeps {
  readonly webhooks: Pick<Webhooks, 'find' | 'receiver'>;
  readonly sender: WebhookSender;
  readonly clock: Clock;
}

/** Tested is what came of a ping. */
export interface Tested {
  readonly delivered: boolean;
  readonly answer: string;
  readonly ms: number;
}

/** testWebhook sends a ping, also to a disabled one, and tells what the receiver answers. */
export async function testWebhook(
  { webhooks, sender, clock }: TestWebhookDeps,
  tenant: string,
  id: string,
  signal: AbortSignal,
): Promise<Tested> {
  const [webhook, receiver] = [await webhooks.find(tenant, id), await webhooks.receiver(id)];
  if (webhook === undefined || receiver === undefined) throw webhookNotFound(id);
  const messageId = `ping-${randomUUID()}`;
  const time = new Date(clock.now()).toISOString();
  const attributes = { id: messageId, source: '/maestro/notifier', type: PING_TYPE, subject: id, time, tenant };
  const payload = jsonEnvelope(attributes, { webhook_id: id });
  const began = performance.now();
  const done = (delivered: boolean, answer: string): Tested => ({ delivered, answer, ms: performance.now() - began });
  try {
    const { outcome } = await sender.post(receiver, { messageId, payload }, signal);
    return outcome.result === 'delivered' ? done(true, outcome.answer) : done(false, outcome.reason);
  } catch (error) {
    return done(false, error instanceof Error ? error.message : String(error));
  }
}
