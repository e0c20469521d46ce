import type { Millis } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import type { NewWebhook, Subscription, Webhook, WebhookChange } from '../../ports/webhook.js';

/** WebhookRow is a row of `webhook`. */
export interface WebhookRow {
  readonly webhook_key: bigint;
  readonly webhook_id: string;
  readonly tenant: string;
  readonly url: string;
  readonly description: string;
  readonly secret: string;
  readonly event_types: readonly string[];
  readonly workflow_ids: readonly string[];
  readonly disabled: boolean;
  readonly disabled_reason: string | null;
  readonly created_by: string;
  readonly create_time: bigint;
  readonly update_time: bigint;
}

const COLUMNS =
  'webhook_key, webhook_id, tenant, url, description, secret, event_types, workflow_ids, disabled, disabled_reason, created_by, create_time, update_time';

export function webhookOf(row: WebhookRow): Webhook {
  return {
    key: row.webhook_key,
    id: row.webhook_id,
    tenant: row.tenant,
    url: row.url,
    description: row.description,
    eventTypes: row.event_types,
    workflowIds: row.workflow_ids,
    disabled: row.disabled,
    ...(row.disabled_reason === null ? {} : { disabledReason: row.disabled_reason }),
    createdBy: row.created_by,
    createTime: Number(row.create_time),
    updateTime: Number(row.update_time),
  };
}

/** insertWebhook writes nothing for a request that is known, and none above the most that a tenant may have. */
export function insertWebhook(webhook: NewWebhook, secret: string, most: number, now: Millis): Statement {
  return {
    name: 'insert-webhook',
    text: `insert into webhook (webhook_id, tenant, request_id, url, description, secret, event_types, workflow_ids, created_by, create_time, update_time)
      select $1, $2, $3, $4, $5, $6, $7::text[], $8::text[], $9, $10, $10
      where (select count(*) from webhook where tenant = $2) < $11
      on conflict (tenant, request_id) do nothing`,
    values: [
      webhook.id,
      webhook.tenant,
      webhook.requestId,
      webhook.url,
      webhook.description,
      secret,
      webhook.eventTypes,
      webhook.workflowIds,
      webhook.createdBy,
      now,
      most,
    ],
  };
}

export function selectWebhookByRequest(tenant: string, requestId: string): Statement<WebhookRow> {
  const text = `select ${COLUMNS} from webhook where tenant = $1 and request_id = $2`;
  return { name: 'select-webhook-by-request', text, values: [tenant, requestId] };
}

export function selectWebhooks(tenant: string): Statement<WebhookRow> {
  const text = `select ${COLUMNS} from webhook where tenant = $1 order by webhook_key`;
  return { name: 'select-webhooks', text, values: [tenant] };
}

export function selectWebhook(id: string): Statement<WebhookRow> {
  return { name: 'select-webhook', text: `select ${COLUMNS} from webhook where webhook_id = $1`, values: [id] };
}

/** updateWebhook: enabling one forgets why it was disabled. */
export function updateWebhook(
  tenant: string,
  id: string,
  { url, description, eventTypes, workflowIds, disabled, secret }: WebhookChange,
  now: Millis,
): Statement<WebhookRow> {
  return {
    name: 'update-webhook',
    text: `update webhook set url = coalesce($3, url), description = coalesce($4, description), event_types = coalesce($5::text[], event_types),
        workflow_ids = coalesce($6::text[], workflow_ids), disabled = coalesce($7, disabled),
        disabled_reason = case when $7 is null then disabled_reason end, secret = coalesce($8, secret), update_time = $9
      where tenant = $1 and webhook_id = $2 returning ${COLUMNS}`,
    values: [tenant, id, url, description, eventTypes, workflowIds, disabled, secret, now],
  };
}

export function deleteWebhook(tenant: string, id: string): Statement {
  return {
    name: 'delete-webhook',
    text: 'delete from webhook where tenant = $1 and webhook_id = $2',
    values: [tenant, id],
  };
}

export function disableWebhook(id: string, reason: string, now: Millis): Statement {
  return {
    name: 'disable-webhook',
    text: 'update webhook set disabled = true, disabled_reason = $2, update_time = $3 where webhook_id = $1 and not disabled',
    values: [id, reason, now],
  };
}

interface SubscriptionRow {
  readonly webhook_id: string;
  readonly tenant: string;
  readonly event_types: readonly string[];
  readonly workflow_ids: readonly string[];
}

export function selectSubscriptions(): Statement<SubscriptionRow> {
  return {
    name: 'select-subscriptions',
    text: 'select webhook_id, tenant, event_types, workflow_ids from webhook where not disabled order by webhook_key',
  };
}

export function subscriptionOf(row: SubscriptionRow): Subscription {
  return { id: row.webhook_id, tenant: row.tenant, eventTypes: row.event_types, workflowIds: row.workflow_ids };
}
