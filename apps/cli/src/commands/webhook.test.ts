import { FakeGateway, json } from '../testing/fake-gateway.js';
import { run } from '../testing/run.js';

const webhook = {
  id: 'w1',
  url: 'https://example.com/h',
  event_types: ['io.maestro.run.*'],
  workflow_ids: [],
  disabled: false,
  created_by: 'ada',
  create_time: 5,
};
const delivery = {
  id: 9,
  message_id: 'm',
  channel: 'webhook',
  target: 'w1',
  kind: 'io.maestro.run.status.changed',
  workflow_id: 'etl',
  state: 'DEAD',
  attempts: 3,
  last_answer: '503 busy',
  create_time: 5,
};

let gateway: FakeGateway;
let env: Record<string, string>;
beforeEach(async () => {
  gateway = new FakeGateway();
  env = { MAESTRO_URL: await gateway.start() };
});
afterEach(() => gateway.stop());

it('adds a webhook and shows its secret', async () => {
  gateway.on('POST /webhooks', json({ ...webhook, secret: 'whsec_x' }));
  const { out } = await run(['webhook', 'add', webhook.url, '-e', 'io.maestro.run.*', '-w', 'etl.*'], { env });
  expect(out).toBe('webhook w1 https://example.com/h enabled\nsecret (it is not shown again): whsec_x\n');
  const body = { url: webhook.url, event_types: ['io.maestro.run.*'], workflow_ids: ['etl.*'] };
  expect(JSON.parse(gateway.requests[0]?.body ?? '')).toEqual(body);
});

it('lists, changes and deletes webhooks', async () => {
  gateway.on('GET /webhooks', json([webhook, { ...webhook, disabled: true, disabled_reason: 'It answered 410.' }]));
  const { out } = await run(['webhook', 'list'], { env });
  expect(out).toContain('w1  https://example.com/h  io.maestro.run.*  all        enabled');
  expect(out).toContain('disabled: It answered 410.');
  gateway.on('PUT /webhooks/w1', json({ ...webhook, disabled: true }));
  expect((await run(['webhook', 'update', 'w1', '--disable'], { env })).out).toContain('disabled');
  expect(gateway.requests.at(-1)?.body).toBe('{"disabled":true}');
  expect(await run(['webhook', 'update', 'w1', '--disable', '--enable'], { env })).toMatchObject({ code: 2 });
  gateway.on('DELETE /webhooks/w1', json({ id: 'w1', given_up: 2 }));
  expect((await run(['webhook', 'delete', 'w1'], { env })).out).toBe('deleted; 2 deliveries were given up\n');
});

it('a ping that is not delivered ends with 1', async () => {
  const failed = json({ delivered: false, answer: '500', duration_ms: 4 });
  gateway.on('POST /webhooks/w1/test', json({ delivered: true, answer: '200', duration_ms: 4 }), failed);
  expect(await run(['webhook', 'test', 'w1'], { env })).toMatchObject({ code: 0, out: 'delivered: 200 (4ms)\n' });
  expect(await run(['webhook', 'test', 'w1'], { env })).toMatchObject({ code: 1 });
});

it('lists deliveries and sends them again', async () => {
  gateway.on('GET /deliveries', json({ elements: [delivery], page_info: {}, total_count: 1 }));
  const { out } = await run(['deliveries', '--state', 'dead', '-w', 'etl'], { env });
  expect(out).toMatch(/9 +DEAD +3 +webhook +w1 +io\.maestro\.run\.status\.changed +etl +.* +503 busy/);
  expect(gateway.lines.at(-1)).toContain('/deliveries?workflow=etl&first=50&state=dead');
  gateway.on('POST /deliveries/9/retry', json({ ...delivery, state: 'PENDING' }));
  gateway.on('POST /deliveries/retry', json({ retried: 4, more: false }));
  expect((await run(['deliveries', 'retry', '9'], { env })).out).toBe('delivery 9 is sent again to webhook w1\n');
  expect((await run(['deliveries', 'retry', '--all'], { env })).out).toBe('4 are sent again\n');
  expect(await run(['deliveries', 'retry'], { env })).toMatchObject({ code: 2 });
});
