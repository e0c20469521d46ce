import { DeliveryState } from '@maestro/proto/maestro/notifier/v1/notifier_service';
import { testGateway, testRoutes } from '../testing/route-cases.js';

const gateway = testGateway();
const url = 'https://example.com/h';
const webhook = { id: 'w1', url, eventTypes: ['io.maestro.run.*'], createdBy: 'ada', createTime: 5n, updateTime: 6n };
const webhookJson = {
  id: 'w1',
  url,
  event_types: ['io.maestro.run.*'],
  workflow_ids: [],
  disabled: false,
  created_by: 'ada',
  create_time: 5n,
  update_time: 6n,
};
const delivery = {
  id: 9n,
  messageId: 'm',
  channel: 'webhook',
  target: 'w1',
  kind: 'io.maestro.run.status.changed',
  workflowId: 'etl',
  state: DeliveryState.DEAD,
  attempts: 3,
  lastAnswer: '503',
  createTime: 5n,
  settleTime: 6n,
};
const deliveryJson = {
  id: 9n,
  message_id: 'm',
  channel: 'webhook',
  target: 'w1',
  kind: 'io.maestro.run.status.changed',
  workflow_id: 'etl',
  state: 'DEAD',
  attempts: 3n,
  last_answer: '503',
  create_time: 5n,
  settle_time: 6n,
};

testRoutes(gateway, [
  {
    route: 'POST /webhooks',
    body: `{"url":"${url}","event_types":["io.maestro.run.*"]}`,
    answers: { createWebhook: async () => ({ webhook, secret: 'whsec_x' }) },
    calls: 'createWebhook',
    request: { url, eventTypes: ['io.maestro.run.*'], workflowIds: [], secret: '' },
    json: { ...webhookJson, secret: 'whsec_x' },
  },
  {
    route: 'GET /webhooks',
    answers: { listWebhooks: async () => ({ webhooks: [webhook] }) },
    calls: 'listWebhooks',
    json: [webhookJson],
  },
  {
    route: 'PUT /webhooks/w1',
    body: '{"workflow_ids":[],"disabled":true}',
    answers: { updateWebhook: async () => ({ webhook: { ...webhook, disabled: true } }) },
    calls: 'updateWebhook',
    request: { id: 'w1', workflowIds: { patterns: [] }, disabled: true, rotateSecret: false },
    json: { ...webhookJson, disabled: true },
  },
  {
    route: 'DELETE /webhooks/w1',
    answers: { deleteWebhook: async () => ({ givenUp: 2n }) },
    calls: 'deleteWebhook',
    request: { id: 'w1' },
    json: { id: 'w1', given_up: 2n },
  },
  {
    route: 'POST /webhooks/w1/test',
    answers: { testWebhook: async () => ({ delivered: false, answer: '500', durationMillis: 4n }) },
    calls: 'testWebhook',
    request: { id: 'w1' },
    json: { delivered: false, answer: '500', duration_ms: 4n },
  },
  {
    route: 'GET /deliveries?state=dead&workflow=etl&first=1',
    answers: { listDeliveries: async () => ({ deliveries: [delivery], page: { totalCount: 1n } }) },
    calls: 'listDeliveries',
    request: { state: DeliveryState.DEAD, filter: { workflowId: 'etl', channel: '' }, page: { pageSize: 1 } },
    json: {
      elements: [deliveryJson],
      page_info: { has_previous_page: false, has_next_page: false, start_index: 1n },
      total_count: 1n,
    },
  },
  {
    route: 'POST /deliveries/9/retry',
    answers: { retryDelivery: async () => ({ delivery }) },
    calls: 'retryDelivery',
    request: { id: 9n },
    json: deliveryJson,
  },
  {
    route: 'POST /deliveries/retry?target=w1',
    answers: { retryDeliveries: async () => ({ retried: 4n, more: false }) },
    calls: 'retryDeliveries',
    request: { filter: { target: 'w1' } },
    json: { retried: 4n, more: false },
  },
]);

it.each([
  ['{}', 'url is required'],
  ['{"url":1}', 'url must be a text'],
  ['{"url":"x","events":[]}', 'events is not a field'],
  ['{"url":"x","event_types":"a"}', 'event_types must be a list of texts'],
  ['[]', 'must be an object'],
])('refuses the webhook %s', async (body, message) => {
  const answer = await gateway().send('POST', '/webhooks', { body });
  expect(answer.status).toBe(400);
  expect((answer.json as { message: string }).message).toContain(message);
});

it('refuses a state that there is not', async () => {
  const answer = await gateway().send('GET', '/deliveries?state=lost');
  expect((answer.json as { message: string }).message).toContain('must be one of PENDING, DELIVERED, DEAD');
});
