import type { Millis } from '@maestro/domain';

/** WebhookFilter says of which events a webhook is told; an empty list = of all. */
export interface WebhookFilter {
  readonly tenant: string;
  /** `*` stands for any text. */
  readonly eventTypes: readonly string[];
  readonly workflowIds: readonly string[];
}

/** Webhook is a URL that is told of events. */
export interface Webhook extends WebhookFilter {
  readonly key: bigint;
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly disabled: boolean;
  /** Why, where nobody here disabled it. */
  readonly disabledReason?: string;
  readonly createdBy: string;
  readonly createTime: Millis;
  readonly updateTime: Millis;
}

export interface NewWebhook extends WebhookFilter {
  readonly id: string;
  readonly requestId: string;
  readonly url: string;
  readonly description: string;
  readonly secret: string;
  readonly createdBy: string;
}

/** WebhookChange is what is to be otherwise. */
export interface WebhookChange {
  readonly url?: string;
  readonly description?: string;
  readonly eventTypes?: readonly string[];
  readonly workflowIds?: readonly string[];
  readonly disabled?: boolean;
  readonly secret?: string;
}

/** Subscription is who is told of which events. */
export interface Subscription extends WebhookFilter {
  readonly id: string;
}

/** Webhooks keeps them; secrets go in and out, at rest they are sealed. */
export interface Webhooks {
  /** create answers with the one that the same request made before, if it did; undefined: the tenant has as many as it may. */
  create(
    webhook: NewWebhook,
    most: number,
  ): Promise<{ readonly webhook: Webhook; readonly secret: string } | undefined>;
  list(tenant: string): Promise<readonly Webhook[]>;
  find(tenant: string, id: string): Promise<Webhook | undefined>;
  update(tenant: string, id: string, change: WebhookChange): Promise<Webhook | undefined>;
  /** remove gives up what waits for it; answers how many that were, undefined: there is none. */
  remove(tenant: string, id: string): Promise<bigint | undefined>;
  /** subscriptions are those that are not disabled, of all tenants. */
  subscriptions(): Promise<readonly Subscription[]>;
  /** receiver is where and how to send to a webhook of any tenant. */
  receiver(id: string): Promise<Receiver | undefined>;
  /** disable is for a receiver that wants no more. */
  disable(id: string, reason: string): Promise<void>;
}

/** Receiver is a webhook as the one who sends to it needs it. */
export interface Receiver {
  readonly url: string;
  readonly secret: string;
  readonly disabled: boolean;
}
