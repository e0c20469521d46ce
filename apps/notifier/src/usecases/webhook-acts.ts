import { randomBytes, randomUUID } from 'node:crypto';
import { MaestroError } from '@maestro/domain';
import type { Webhook, WebhookChange, Webhooks } from '../ports/webhook.js';
import type { WebhookSender } from '../ports/webhook-sender.js';
import { checkWebhook, type WebhookFields } from './check-webhook.js';

export interface WebhookActsDeps {
  readonly webhooks: Webhooks;
  readonly sender: WebhookSender;
}

/** Asking is who asks for whom. */
export interface Asking {
  readonly caller: string;
  readonly tenant: string;
  readonly requestId: string;
}

/** WebhookAnswer holds a secret only where it is new. */
export interface WebhookAnswer {
  readonly webhook: Webhook;
  readonly secret?: string;
}

const MOST = 1_000;
const SECRET_BYTES = 32;

export async function createWebhook(
  { webhooks, sender }: WebhookActsDeps,
  { caller, tenant, requestId }: Asking,
  fields: WebhookFields & { readonly url: string },
): Promise<WebhookAnswer> {
  checkWebhook(fields);
  await checkReach(sender, fields.url);
  const { url, description = '', eventTypes = [], workflowIds = [], secret = newSecret() } = fields;
  const wanted = {
    id: randomUUID(),
    tenant,
    requestId,
    url,
    description,
    eventTypes,
    workflowIds,
    secret,
    createdBy: caller,
  };
  const created = await webhooks.create(wanted, MOST);
  if (created !== undefined) return created;
  throw new MaestroError('OVERLOADED', `The tenant ${tenant} has ${MOST} webhooks already. Delete some first.`);
}

export async function updateWebhook(
  { webhooks, sender }: WebhookActsDeps,
  tenant: string,
  id: string,
  change: Omit<WebhookChange, 'secret'>,
  rotateSecret: boolean,
): Promise<WebhookAnswer> {
  checkWebhook(change);
  if (change.url !== undefined) await checkReach(sender, change.url);
  const secret = rotateSecret ? newSecret() : undefined;
  const webhook = await webhooks.update(tenant, id, secret === undefined ? change : { ...change, secret });
  if (webhook === undefined) throw webhookNotFound(id);
  return secret === undefined ? { webhook } : { webhook, secret };
}

export async function deleteWebhook(
  { webhooks }: Pick<WebhookActsDeps, 'webhooks'>,
  tenant: string,
  id: string,
): Promise<bigint> {
  const givenUp = await webhooks.remove(tenant, id);
  if (givenUp === undefined) throw webhookNotFound(id);
  return givenUp;
}

export function webhookNotFound(id: string): MaestroError {
  return new MaestroError('WEBHOOK_NOT_FOUND', `There is no webhook "${id}". List them: maestro webhook list`);
}

async function checkReach(sender: WebhookSender, url: string): Promise<void> {
  const message = await sender.refusal(url);
  if (message === undefined) return;
  throw new MaestroError('INVALID_REQUEST', message, { violations: [{ path: 'url', message }] });
}

function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}
