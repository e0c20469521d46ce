import { fromBinary } from '@bufbuild/protobuf';
import { anyUnpack } from '@bufbuild/protobuf/wkt';
import { WorkflowInstanceStatus as Run, StepStatus as Step } from '@maestro/proto/maestro/types/v1/instance';
import { CloudEventSchema, type CloudEvent as ProtoEvent } from '@maestro/proto/io/cloudevents/v1/cloudevents';
import { SignalAnnouncedSchema } from '@maestro/proto/maestro/events/v1/events';
import { WorkflowRunStatusChangedSchema } from '@maestro/proto/maestro/events/v1/cloud_events';
import { DeliveryState } from '@maestro/proto/maestro/notifier/v1/notifier_service';
import { HttpReceiver, waitUntil, type ReceivedRequest } from '@maestro/testing';
import { CloudEvent } from 'cloudevents';
import { Webhook as Verifier } from 'standardwebhooks';
import { notifierFixture, type NotifierFixture } from './testing/notifier-fixture.js';

let notifier: NotifierFixture;
const receiver = new HttpReceiver();
const heard: { readonly subject: string; readonly data: Uint8Array; readonly type: string | undefined }[] = [];

beforeAll(async () => {
  await receiver.start();
  notifier = await notifierFixture(
    ...['--notifier-webhook-allow', '127.0.0.1', '--notifier-webhook-allow-private', 'true'],
    ...['--notifier-delivery-first-retry-ms', '20', '--notifier-delivery-longest-retry-ms', '50'],
    ...['--notifier-delivery-tries', '3', '--notifier-secret-keys', Buffer.alloc(32, 7).toString('base64')],
  );
  const keep = (data: Uint8Array, headers: { get(name: string): string | undefined }, subject: string): void =>
    void heard.push({ subject, data, type: headers.get('content-type') });
  for (const format of ['json', 'protobuf']) {
    notifier.messaging.listen(`maestro.cloudevents.${format}.*.*.*`, (data, headers, subject) =>
      keep(data, headers, subject),
    );
  }
});
afterAll(async () => {
  await notifier.stop();
  await receiver.stop();
});
beforeEach(() => {
  receiver.answer = () => ({ status: 204 });
  receiver.requests.length = 0;
  heard.length = 0;
});

const changed = (workflowId: string, version = 1, tenant = 'default') => ({
  workflowId,
  workflowInstanceId: 7n,
  workflowRunId: 1n,
  workflowUuid: 'uuid',
  correlationId: 'c',
  tenant,
  oldStatus: Run.CREATED,
  newStatus: Run.IN_PROGRESS,
  eventTime: 1_800_000_000_000n,
  version,
  steps: [
    {
      stepId: 'load',
      stepAttemptId: 1,
      oldStatus: Step.NOT_CREATED,
      newStatus: Step.STARTING,
      eventTime: 1_800_000_000_000n,
    },
  ],
});
const at = (path: string): ReceivedRequest[] => receiver.requests.filter((request) => request.path === path);
const typesAt = (path: string): string[] => at(path).map(({ body }) => (JSON.parse(body) as { type: string }).type);
const webhook = async (path: string, more: { eventTypes?: string[]; workflowIds?: string[] } = {}) => {
  const { webhook: made, secret } = await notifier.client.createWebhook({
    requestId: path,
    url: receiver.url + path,
    ...more,
  });
  return { id: made?.id ?? '', secret };
};
const deliveries = async (target: string) => (await notifier.client.listDeliveries({ filter: { target } })).deliveries;

test('an event is a valid CloudEvent in both formats, with one id, however often it is told', async () => {
  await notifier.publishRuns(changed('etl.daily'));
  await notifier.publishRuns(changed('etl.daily'));
  await notifier.publishSignal('tbl/orders', 3n);
  await waitUntil(() => heard.length >= 10);
  const json = heard.filter(({ subject }) => subject === 'maestro.cloudevents.json.run.default.etl=002edaily');
  expect(json.map(({ type }) => type)).toEqual(['application/cloudevents+json; charset=utf-8', expect.anything()]);
  const [first, second] = json.map(
    ({ data }) => new CloudEvent(JSON.parse(Buffer.from(data).toString()) as object, true),
  );
  expect(first?.validate()).toBe(true);
  expect(second?.id).toBe(first?.id);
  expect(first?.toJSON()).toMatchObject({
    type: 'io.maestro.run.status.changed',
    source: '/maestro/scheduler',
    subject: 'etl.daily/7/1',
    tenant: 'default',
    time: '2027-01-15T08:00:00.000Z',
    data: { workflow_instance_id: 7, old_status: 'CREATED', new_status: 'IN_PROGRESS', event_time: 1_800_000_000_000 },
  });
  expect(Buffer.from(json[0]?.data ?? []).toString()).toContain('"event_time":1800000000000}');
  const [proto] = protoEvents('run');
  expect(proto?.id).toBe(first?.id);
  const data =
    proto?.data.case === 'protoData' ? anyUnpack(proto.data.value, WorkflowRunStatusChangedSchema) : undefined;
  expect(data).toMatchObject({ workflowId: 'etl.daily', newStatus: Run.IN_PROGRESS });
});

test('a signal is told with its params and who announced it', async () => {
  await notifier.publishSignal('tbl/orders', 4n);
  await waitUntil(() => heard.length >= 2);
  const [proto] = protoEvents('signal');
  expect(proto?.attributes['subject']?.attr.value).toBe('tbl/orders/4');
  const data = proto?.data.case === 'protoData' ? anyUnpack(proto.data.value, SignalAnnouncedSchema) : undefined;
  expect(data).toMatchObject({ tenant: 'default', announcedBy: { name: 'bob' }, signal: { seqId: 4n } });
});

function protoEvents(domain: string): ProtoEvent[] {
  const wanted = heard.filter(({ subject }) => subject.startsWith(`maestro.cloudevents.protobuf.${domain}.`));
  return wanted.map(({ data }) => fromBinary(CloudEventSchema, data));
}

test('the stream keeps an event that is told twice once', async () => {
  const before = await notifier.published();
  await notifier.publishRuns(changed('twice'));
  await waitUntil(async () => (await notifier.published()) === before + 4);
  await notifier.publishRuns(changed('twice'));
  await notifier.publishRuns(changed('after'));
  await waitUntil(async () => (await notifier.published()) === before + 8);
});

test('a webhook hears what it asked for, signed, and its secret is shown once and sealed', async () => {
  const { secret } = await webhook('/signed', { eventTypes: ['io.maestro.run.*'], workflowIds: ['signed.*'] });
  await notifier.publishRuns(changed('signed.a'), changed('other'), changed('signed.b', 1, 'elsewhere'));
  await notifier.publishSignal('signed.a', 9n);
  await waitUntil(() => at('/signed').length === 1);
  const [request] = at('/signed');
  const event = new Verifier(secret).verify(request?.body ?? '', request?.headers as Record<string, string>);
  expect(new CloudEvent(event as object, true)).toMatchObject({
    type: 'io.maestro.run.status.changed',
    subject: 'signed.a/7/1',
  });
  expect(request?.headers['webhook-id']).toBe((event as { id: string }).id);
  expect(request?.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
  const { webhooks } = await notifier.client.listWebhooks({});
  expect(
    JSON.stringify(webhooks, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  ).not.toContain(secret);
});

test('the same request makes one webhook; a wrong one is refused with what is wrong', async () => {
  const [one, two] = [await webhook('/same'), await webhook('/same')];
  expect(two).toEqual(one);
  const refused = (ask: object) => notifier.client.createWebhook({ requestId: 'x', url: receiver.url, ...ask });
  await expect(refused({ url: 'https://example.com' })).rejects.toMatchObject({
    message: expect.stringContaining('MAESTRO_NOTIFIER_WEBHOOK_ALLOW') as string,
  });
  await expect(refused({ eventTypes: ['runs'] })).rejects.toMatchObject({
    code: 'INVALID_REQUEST',
    violations: [{ path: 'event_types[0]' }],
  });
});

test('what fails is tried again, given up, and sent again by order', async () => {
  receiver.answer = ({ path }) => (path === '/flaky' ? { status: 503, body: 'busy' } : { status: 200 });
  const { id } = await webhook('/flaky', { workflowIds: ['flaky'] });
  await notifier.publishRuns(changed('flaky'));
  await waitUntil(async () => (await deliveries(id)).filter(({ state }) => state === DeliveryState.DEAD).length === 2);
  expect(at('/flaky')).toHaveLength(6);
  const [dead] = await deliveries(id);
  expect(dead).toMatchObject({ attempts: 3, lastAnswer: '503 busy', workflowId: 'flaky', channel: 'webhook' });
  receiver.answer = () => ({ status: 200 });
  await notifier.client.retryDelivery({ requestId: 'r', id: dead?.id ?? 0n });
  expect(await notifier.client.retryDeliveries({ requestId: 'r', filter: { target: id } })).toMatchObject({
    retried: 1n,
    more: false,
  });
  await waitUntil(async () => (await deliveries(id)).every(({ state }) => state === DeliveryState.DELIVERED));
  expect(new Set(at('/flaky').map(({ headers }) => headers['webhook-id'])).size).toBe(2);
  await expect(notifier.client.retryDelivery({ requestId: 'r', id: 99_999n })).rejects.toMatchObject({
    code: 'DELIVERY_NOT_FOUND',
  });
});

test('a receiver that is gone is disabled; a redirect is not followed', async () => {
  receiver.answer = ({ path }) =>
    path === '/gone' ? { status: 410 } : { status: 302, headers: { location: '/elsewhere' } };
  const [gone, moved] = [
    await webhook('/gone', { workflowIds: ['bye'] }),
    await webhook('/moved', { workflowIds: ['bye'] }),
  ];
  await notifier.publishRuns(changed('bye'));
  await waitUntil(
    async () => (await deliveries(gone.id)).filter(({ state }) => state === DeliveryState.DEAD).length === 2,
  );
  const { webhooks } = await notifier.client.listWebhooks({});
  expect(webhooks.find(({ id }) => id === gone.id)).toMatchObject({
    disabled: true,
    disabledReason: 'The receiver answered 410 Gone.',
  });
  await waitUntil(async () => (await deliveries(moved.id)).every(({ state }) => state === DeliveryState.DEAD));
  expect((await deliveries(moved.id))[0]?.lastAnswer).toBe('302 to /elsewhere; redirects are not followed');
  expect(at('/elsewhere')).toEqual([]);
  const enabled = await notifier.client.updateWebhook({ requestId: 'e', id: gone.id, disabled: false });
  expect(enabled.webhook).toMatchObject({ disabled: false, disabledReason: '' });
});

test('a ping tells what the receiver answers; a deleted webhook gives up what waits for it', async () => {
  receiver.answer = () => ({ status: 500, body: 'oh' });
  const { id } = await webhook('/ping', { workflowIds: ['never'] });
  expect(await notifier.client.testWebhook({ id })).toMatchObject({ delivered: false, answer: '500 oh' });
  receiver.answer = () => ({ status: 200 });
  expect(await notifier.client.testWebhook({ id })).toMatchObject({ delivered: true, answer: '200' });
  expect(typesAt('/ping')).toEqual(['io.maestro.webhook.ping', 'io.maestro.webhook.ping']);
  await notifier.client.deleteWebhook({ requestId: 'd', id });
  await expect(notifier.client.testWebhook({ id })).rejects.toMatchObject({ code: 'WEBHOOK_NOT_FOUND' });
});

test('a new secret signs from then on', async () => {
  const { id, secret } = await webhook('/rotated', { workflowIds: ['rotated'] });
  const { secret: next } = await notifier.client.updateWebhook({ requestId: 'u', id, rotateSecret: true });
  expect(next).toMatch(/^whsec_/);
  await notifier.client.testWebhook({ id });
  const [request] = at('/rotated');
  const verify = (key: string) =>
    new Verifier(key).verify(request?.body ?? '', request?.headers as Record<string, string>);
  expect(verify(next)).toMatchObject({ type: 'io.maestro.webhook.ping' });
  expect(() => verify(secret)).toThrow();
});

test('what is told while the notifier is stopped, or the receiver is away, arrives later', async () => {
  const { id } = await webhook('/later', { workflowIds: ['later'], eventTypes: ['io.maestro.step.*'] });
  await receiver.stop();
  await notifier.publishRuns(changed('later', 1));
  await waitUntil(async () => (await deliveries(id)).length === 1);
  const restarting = notifier.restart();
  await notifier.publishRuns(changed('later', 2));
  await restarting;
  await receiver.start();
  await waitUntil(async () => (await deliveries(id)).length === 2);
  await notifier.client.retryDeliveries({ requestId: 'l', filter: { target: id } });
  await waitUntil(() => new Set(at('/later').map(({ headers }) => headers['webhook-id'])).size === 2);
});

test('a message that nobody can read is left out, and what comes after it is told', async () => {
  await notifier.messaging.publishBatch([{ subject: 'maestro.events.runs', data: Buffer.from('\xff\xff\xff') }]);
  await webhook('/after-rubbish', { workflowIds: ['sound'] });
  await notifier.publishRuns(changed('sound'));
  await waitUntil(() => at('/after-rubbish').length === 2);
});

test('it hears again when JetStream has lost everything', async () => {
  await webhook('/wiped', { workflowIds: ['wiped'] });
  await notifier.nats.restart({ wipe: true });
  await waitUntil(
    () =>
      notifier.publishRuns(changed('wiped')).then(
        () => true,
        () => false,
      ),
    { timeoutMs: 20_000 },
  );
  await waitUntil(() => new Set(at('/wiped').map(({ headers }) => headers['webhook-id'])).size === 2, {
    timeoutMs: 30_000,
  });
});

test('the process is ready and counts its tries', async () => {
  expect((await fetch(`${notifier.metricsUrl()}/ready`)).status).toBe(200);
  const metrics = await (await fetch(`${notifier.metricsUrl()}/metrics`)).text();
  expect(metrics).toContain('notifier_delivery_seconds');
});
