import type { Json } from '@maestro/domain';
import type { Outcome } from './channel.js';
import type { Receiver } from './webhook.js';

/** WebhookSender reaches webhooks outside of the deliveries. */
export interface WebhookSender {
  /** refusal says why a URL may not be called; undefined: it may, as far as can be said now. */
  refusal(url: string): Promise<string | undefined>;
  post(
    receiver: Pick<Receiver, 'url' | 'secret'>,
    message: { readonly messageId: string; readonly payload: Json },
    signal: AbortSignal,
  ): Promise<{ readonly outcome: Outcome }>;
}
