import { MaestroError, type Json, type JsonObject } from '@maestro/domain';
import type { Services } from '../services.js';
import { webhookToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';

/** createWebhook: POST /webhooks; not in the original, as all webhooks. The answer alone holds the secret. */
export const createWebhook: Handler = async (call, { notifier }) => {
  const { url, description, event_types: types, workflow_ids: ids, secret, ...unknown } = objectOf(await call.json());
  refuseUnknown(unknown);
  const request = {
    requestId: call.idempotencyKey,
    url: textOf('url', url) ?? missing('url'),
    description: textOf('description', description) ?? '',
    eventTypes: [...(textsOf('event_types', types) ?? [])],
    workflowIds: [...(textsOf('workflow_ids', ids) ?? [])],
    secret: textOf('secret', secret) ?? '',
  };
  return answerOf(await notifier.createWebhook(request, call.options));
};

/** listWebhooks: GET /webhooks; oldest first, without secrets. */
export const listWebhooks: Handler = async (call, { notifier }) => {
  const { webhooks } = await notifier.listWebhooks({}, call.options);
  return ok(() => webhooks.map((webhook) => webhookToJson(webhook)));
};

/** updateWebhook: PUT /webhooks/{id}; changes what the body names. */
export const updateWebhook: Handler = async (call, { notifier }) => {
  const body = objectOf(await call.json());
  const { url, description, event_types: types, workflow_ids: ids, disabled, rotate_secret: rotate, ...unknown } = body;
  refuseUnknown(unknown);
  const request = {
    requestId: call.idempotencyKey,
    id: call.param('id'),
    ...given('url', textOf('url', url)),
    ...given('description', textOf('description', description)),
    ...given('eventTypes', patternsOf('event_types', types)),
    ...given('workflowIds', patternsOf('workflow_ids', ids)),
    ...given('disabled', flagOf('disabled', disabled)),
    rotateSecret: flagOf('rotate_secret', rotate) ?? false,
  };
  return answerOf(await notifier.updateWebhook(request, call.options));
};

/** deleteWebhook: DELETE /webhooks/{id}; tells how many deliveries were given up. */
export const deleteWebhook: Handler = async (call, { notifier }) => {
  const request = { requestId: call.idempotencyKey, id: call.param('id') };
  const { givenUp } = await notifier.deleteWebhook(request, call.options);
  return ok(() => ({ id: request.id, given_up: givenUp }));
};

/** testWebhook: POST /webhooks/{id}/test; sends a ping now and tells what the receiver answered. */
export const testWebhook: Handler = async (call, { notifier }) => {
  const { delivered, answer, durationMillis } = await notifier.testWebhook({ id: call.param('id') }, call.options);
  return ok(() => ({ delivered, answer, duration_ms: durationMillis }));
};

function answerOf({
  webhook,
  secret,
}:
  | Awaited<ReturnType<Services['notifier']['createWebhook']>>
  | Awaited<ReturnType<Services['notifier']['updateWebhook']>>) {
  return ok(() => webhookToJson(expected(webhook, 'webhook'), secret));
}

function objectOf(body: Json): JsonObject {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as JsonObject;
  throw new MaestroError('INVALID_REQUEST', 'The body must be an object with the url of a webhook.');
}

function refuseUnknown(fields: JsonObject): void {
  const [name] = Object.keys(fields);
  if (name !== undefined) throw wrong(name, 'is not a field of webhooks');
}

function textOf(path: string, value: Json | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw wrong(path, 'must be a text');
}

function textsOf(path: string, value: Json | undefined): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  throw wrong(path, 'must be a list of texts');
}

function patternsOf(path: string, value: Json | undefined): { readonly patterns: string[] } | undefined {
  const patterns = textsOf(path, value);
  return patterns === undefined ? undefined : { patterns: [...patterns] };
}

function flagOf(path: string, value: Json | undefined): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  throw wrong(path, 'must be true or false');
}

function given<K extends string, T>(name: K, value: T | undefined): { readonly [P in K]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [P in K]?: T };
}

function missing(path: string): never {
  throw wrong(path, 'is required');
}

function wrong(path: string, message: string): MaestroError {
  return new MaestroError('INVALID_REQUEST', `The webhook is not valid: ${path} ${message}.`, {
    violations: [{ path, message }],
  });
}
