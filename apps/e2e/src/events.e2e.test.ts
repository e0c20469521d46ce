import { freePort, HttpReceiver, waitUntil, type ReceivedRequest } from '@maestro/testing';
import { CloudEvent } from 'cloudevents';
import { Webhook as Verifier } from 'standardwebhooks';
import { maestroCli } from './testing/cli.js';
import { ExampleProcess } from './testing/example-process.js';
import { step, then } from './testing/runs.js';
import { System } from './testing/system.js';

jest.setTimeout(120_000);

let system: System;
const receiver = new HttpReceiver();
const examples: ExampleProcess[] = [];
const cli = (...args: string[]) => maestroCli(system.restUrl)(...args);

beforeAll(async () => {
  await receiver.start();
  system = await System.start({
    MAESTRO_NOTIFIER_WEBHOOK_ALLOW: '127.0.0.1',
    MAESTRO_NOTIFIER_WEBHOOK_ALLOW_PRIVATE: 'true',
    MAESTRO_NOTIFIER_DELIVERY_FIRST_RETRY_MS: '100',
    MAESTRO_NOTIFIER_DELIVERY_LONGEST_RETRY_MS: '200',
    MAESTRO_NOTIFIER_DELIVERY_TRIES: '500',
    MAESTRO_NOTIFIER_DELIVERY_TIMEOUT_MS: '5000',
  });
}, 120_000);
afterAll(async () => {
  for (const each of examples) each.kill();
  await receiver.stop();
  await system.stop();
}, 60_000);

interface Webhook {
  readonly id: string;
  readonly secret: string;
}
interface Delivery {
  readonly id: number;
  readonly state: string;
  readonly attempts: number;
}

const webhook = (path: string, workflow_ids: string[] = [], event_types: string[] = []): Promise<Webhook> =>
  system.rest.succeed('POST', '/webhooks', { body: { url: receiver.url + path, workflow_ids, event_types } });
const deliveries = async (target: string): Promise<readonly Delivery[]> => {
  const path = `/deliveries?target=${target}&first=200`;
  return (await system.rest.succeed<{ elements: readonly Delivery[] }>('GET', path)).elements;
};
const at = (path: string): ReceivedRequest[] => receiver.requests.filter((request) => request.path === path);
const eventsAt = (path: string) =>
  at(path).map(({ body }) => new CloudEvent<{ readonly new_status?: string }>(JSON.parse(body) as object, true));
/** What came of these, each once, in the order of their first arrival. */
const told = (path: string): string[] => {
  const first = new Map(
    eventsAt(path).map((event) => [event.id, `${event.type.replace('io.maestro.', '')} ${event.subject}`]),
  );
  return [...first.values()];
};
const successes = (path: string): number =>
  new Set(eventsAt(path).flatMap(({ id, data }) => (data?.new_status === 'SUCCEEDED' ? [id] : []))).size;
const settled = (id: string, state = 'DELIVERED') =>
  waitUntil(
    async () => {
      const all = await deliveries(id);
      return all.length > 0 && all.every((each) => each.state === state);
    },
    { timeoutMs: 30_000, describe: `all deliveries are ${state}` },
  );

test('a push, a start, its steps and a signal arrive signed, and what the examples say of them', async () => {
  const { secret } = await webhook('/all');
  const port = await freePort();
  await system.rest.succeed('POST', '/webhooks', { body: { url: `http://127.0.0.1:${port}/`, secret } });
  const env = { WEBHOOK_SECRET: secret, PORT: String(port) };
  const receiving = new ExampleProcess('examples/consumers/webhook-receiver.ts', env);
  const reading = new ExampleProcess('examples/consumers/jetstream.ts', { NATS_URL: system.nats.url });
  examples.push(receiving, reading);
  await receiving.says('listens on');
  await reading.says('hears maestro.cloudevents.json.>');
  await system.runs.pushSteps('heard', [step('a', 'Echo', then('b')), step('b', 'NoOp')]);
  await system.runs.start('heard');
  await system.runs.ended('heard', 1);
  await system.rest.succeed('POST', '/signals', { body: { name: 'tbl/heard', params: { day: 5 } } });
  await system.rest.succeed('POST', '/workflows/heard/properties', { body: { description: 'changed' } });
  await system.rest.succeed('PUT', '/workflows/heard/actions/deactivate');
  const wanted = [
    'workflow.pushed heard',
    'run.status.changed heard/1/1',
    'step.status.changed heard/1/1/a/1',
    'step.status.changed heard/1/1/b/1',
    'signal.announced tbl/heard/1',
    'workflow.properties-changed heard',
    'workflow.deactivated heard',
  ];
  await waitUntil(() => wanted.every((each) => told('/all').includes(each)), {
    timeoutMs: 30_000,
    describe: told('/all').join('\n'),
  });
  const statuses = eventsAt('/all').flatMap(({ type, data }) =>
    type.startsWith('io.maestro.run.') ? [data?.new_status] : [],
  );
  expect([...new Set(statuses)].sort()).toEqual(['IN_PROGRESS', 'SUCCEEDED']);
  for (const { body, headers } of at('/all')) new Verifier(secret).verify(body, headers as Record<string, string>);
  await reading.says('io.maestro.step.status.changed heard/1/1/a/1');
  await reading.says('io.maestro.signal.announced tbl/heard/1');
  await receiving.says('io.maestro.run.status.changed heard/1/1');
  await receiving.says('io.maestro.signal.announced tbl/heard/1');
});

test('a message that is forged is refused by the example', async () => {
  const port = await freePort();
  const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
  const env = { WEBHOOK_SECRET: secret, PORT: String(port) };
  const receiving = new ExampleProcess('examples/consumers/webhook-receiver.ts', env);
  examples.push(receiving);
  await receiving.says('listens on');
  const at = new Date();
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const headers = {
    'webhook-id': 'm',
    'webhook-timestamp': timestamp,
    'webhook-signature': new Verifier(secret).sign('m', at, 'other'),
  };
  const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: '{}' });
  expect(answer.status).toBe(401);
});

test('a receiver that is away gets everything once it is back', async () => {
  await system.runs.pushSteps('away', [step('a', 'NoOp')]);
  const { id } = await webhook('/away', ['away'], ['io.maestro.run.*']);
  await receiver.stop();
  await system.runs.finish('away');
  await waitUntil(async () => (await deliveries(id)).some(({ attempts }) => attempts > 1));
  expect((await cli('deliveries', '--target', id, '--state', 'pending')).stdout).toContain('ECONNREFUSED');
  await receiver.start();
  await waitUntil(() => successes('/away') === 1, { timeoutMs: 30_000 });
  await settled(id);
  expect(told('/away').length).toBe((await deliveries(id)).length);
});

test('what was given up is a dead letter, and is sent again by order', async () => {
  await system.runs.pushSteps('dead', [step('a', 'NoOp')]);
  receiver.answer = ({ path }) => ({ status: path === '/dead' ? 410 : 204 });
  const { id } = await webhook('/dead', ['dead'], ['io.maestro.run.*']);
  await system.runs.finish('dead');
  await settled(id, 'DEAD');
  expect((await cli('webhook', 'list')).stdout).toContain('disabled: The receiver answered 410 Gone.');
  const before = (await cli('deliveries', '--state', 'dead', '--workflow', 'dead')).stdout;
  expect(before).toContain('io.maestro.run.status.changed');
  receiver.answer = () => ({ status: 204 });
  expect((await cli('webhook', 'update', id, '--enable')).code).toBe(0);
  expect((await cli('webhook', 'test', id)).stdout).toContain('delivered: 204');
  expect((await cli('deliveries', 'retry', '--target', id)).stdout).toMatch(/^[1-9]\d* are sent again/);
  await settled(id);
});

test('kill -9 of the notifier in the middle loses nothing', async () => {
  await system.runs.pushSteps('killed', [step('a', 'NoOp', then('b')), step('b', 'NoOp')]);
  receiver.answer = () => ({ status: 204, delayMs: 30 });
  const { id } = await webhook('/killed', ['killed']);
  const start = (count: number) => Promise.all(Array.from({ length: count }, () => system.runs.finish('killed')));
  await start(15);
  await waitUntil(() => at('/killed').length > 5);
  system.kill('notifier');
  await start(15);
  await system.ready('notifier');
  system.kill('notifier');
  await start(10);
  await system.ready('notifier');
  const subjects = (): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const line of told('/killed')) counts.set(line, (counts.get(line) ?? 0) + 1);
    return counts;
  };
  const ofRun = (run: number): string[] =>
    ['run', 'step'].map((what) => `${what}.status.changed killed/${run}/1${what === 'step' ? '/b/1' : ''}`);
  const all = Array.from({ length: 40 }, (_, index) => ofRun(index + 1)).flat();
  const counted = () => all.map((line) => subjects().get(line) ?? 0);
  await waitUntil(() => counted().every((count) => count > 0), { timeoutMs: 60_000 });
  await settled(id);
  // Every run told as many changes as any other: those that happened to the first are told of all.
  expect(new Set(all.filter((_, index) => index % 2 === 0).map((line) => subjects().get(line))).size).toBe(1);
});

test('a slow receiver does not hold up another', async () => {
  await system.runs.pushSteps('slow', [step('a', 'NoOp')]);
  receiver.answer = ({ path }) => ({ status: 204, delayMs: path === '/slow' ? 4_000 : 0 });
  const slow = await webhook('/slow', ['slow'], ['io.maestro.run.*']);
  const quick = await webhook('/quick', ['slow'], ['io.maestro.run.*']);
  for (let count = 0; count < 10; count += 1) await system.runs.finish('slow');
  await waitUntil(() => successes('/quick') === 10, { timeoutMs: 30_000 });
  expect((await deliveries(slow.id)).some(({ state }) => state === 'PENDING')).toBe(true);
  await settled(quick.id);
  receiver.answer = () => ({ status: 204 });
  await cli('webhook', 'delete', slow.id);
});

test('the engine does not notice that the notifier stands still', async () => {
  await system.runs.pushSteps('still', [step('a', 'Echo')]);
  const { id } = await webhook('/still', ['still'], ['io.maestro.run.*']);
  const pid = system.pid('notifier');
  process.kill(pid, 'SIGSTOP');
  try {
    expect((await system.runs.finish('still')).status).toBe('SUCCEEDED');
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await waitUntil(() => successes('/still') === 1, { timeoutMs: 30_000 });
  await settled(id);
});
