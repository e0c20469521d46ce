import type { CallerBase, Closers } from '@maestro/service';
import { cancelChannel } from '../adapters/grpc/cancel-channel.js';
import type { WebhookChannel } from '../adapters/http/webhook-channel.js';
import { pagerdutyChannel } from '../adapters/http/pagerduty-channel.js';
import { slackChannel } from '../adapters/http/slack-channel.js';
import { emailChannel } from '../adapters/smtp/email-channel.js';
import type { NotifierConfig } from '../config.js';
import type { Alerts } from '../ports/alerts.js';
import type { Channel } from '../ports/channel.js';

/** ChannelParts are what is there before. */
export interface ChannelParts {
  readonly webhook: WebhookChannel;
  readonly alerts: Pick<Alerts, 'isResolved'>;
}

/** channelsOf are the ways to reach somebody outside, one line each. */
export function channelsOf(
  { scheduler }: CallerBase,
  config: NotifierConfig,
  { webhook, alerts }: ChannelParts,
  closers: Closers,
): readonly Channel[] {
  const { smtpUrl, smtpFrom: from, deliveryTimeoutMs: timeoutMs } = config;
  const email = emailChannel({ from, timeoutMs, ...(smtpUrl === undefined ? {} : { url: smtpUrl }) });
  closers.add(() => email.close());
  return [
    webhook,
    email,
    slackChannel(config.slackWebhooks),
    pagerdutyChannel({
      url: config.pagerdutyUrl,
      keys: config.pagerdutyKeys,
      isResolved: (incident) => alerts.isResolved(incident),
    }),
    cancelChannel(scheduler),
  ];
}
