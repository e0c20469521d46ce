import { outboundPolicy } from '@maestro/outbound';
import { WebhookChannel } from '../adapters/http/webhook-channel.js';
import { postgresWebhooks } from '../adapters/postgres/webhooks.js';
import { sealWith } from '../adapters/seal.js';
import type { NotifierConfig } from '../config.js';
import type { Webhooks } from '../ports/webhook.js';
import type { CallerBase } from '@maestro/service';

/** As errors name them. */
const POLICY_SETTINGS = {
  service: 'notifier',
  allow: 'MAESTRO_NOTIFIER_WEBHOOK_ALLOW',
  allowPrivate: 'MAESTRO_NOTIFIER_WEBHOOK_ALLOW_PRIVATE',
};

/** openWebhooks: the webhooks, and the way to reach them. */
export function openWebhooks(
  { pool, clock }: CallerBase,
  config: NotifierConfig,
): { readonly webhooks: Webhooks; readonly channel: WebhookChannel } {
  const webhooks = postgresWebhooks({ pool, clock, seal: sealWith(config.secretKeys) });
  const { webhookAllow: allow, webhookAllowPrivate: allowPrivate, deliveryTimeoutMs: timeoutMs } = config;
  const policy = outboundPolicy({ allow, allowPrivate }, POLICY_SETTINGS);
  const now = (): Date => new Date(clock.now());
  return { webhooks, channel: new WebhookChannel({ webhooks, policy, timeoutMs, now }) };
}
