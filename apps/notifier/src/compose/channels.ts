import type { WebhookChannel } from '../adapters/http/webhook-channel.js';
import type { Channel } from '../ports/channel.js';

/** channelsOf are the ways to reach somebody outside, one line each. */
export function channelsOf(webhook: WebhookChannel): readonly Channel[] {
  return [webhook];
}
