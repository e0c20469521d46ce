import type { Clock } from '../ports/clock.js';
import type { DeliveryLog } from '../ports/delivery-log.js';
import type { Webhooks } from '../ports/webhook.js';
import type { WebhookSender } from '../ports/webhook-sender.js';

/** NotifierDeps is what the RPCs work with. */
export interface NotifierDeps {
  readonly webhooks: Webhooks;
  readonly sender: WebhookSender;
  readonly log: DeliveryLog;
  readonly clock: Clock;
  /** Something is to be sent again. */
  readonly onRetried: () => void;
}
