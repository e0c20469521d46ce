import { MaestroError } from '@maestro/domain';
import { silentLogger } from '@maestro/telemetry';
import { startNats, waitUntil, type TestNats } from '@maestro/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { connectMessaging, type Messaging } from './connect-messaging.js';
import { type Delivery } from './delivery.js';
import { type OutMessage } from './publish-batch.js';
import { taskSubject } from './subjects.js';
import { STREAMS, taskConsumer, TASKS_STREAM } from './topology.js';

const ADDRESS = { pool: 'default', type: 'shell' };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (data: Uint8Array): string => new TextDecoder().decode(data);
// Tests share the stream and with it the window in which a repeated id is dropped.
let ids = 0;
const task = (name: string, msgId = `id-${String((ids += 1))}`): OutMessage => ({
  subject: taskSubject(ADDRESS),
  data: bytes(name),
  msgId,
});
const tasks = (count: number, prefix = 't'): OutMessage[] =>
  Array.from({ length: count }, (_, index) => task(`${prefix}${String(index)}`));

let nats: TestNats;
let messaging: Messaging;

beforeAll(async () => {
  nats = await startNats();
});
afterAll(() => nats.stop());
beforeEach(async () => {
  const admin = await connect({ servers: nats.url });
  const manager = await jetstreamManager(admin);
  for (const { name } of STREAMS) await manager.streams.purge(name).catch(() => undefined);
  await admin.close();
  messaging = await connectMessaging({ url: nats.url, name: 'test', logger: silentLogger });
});
afterEach(() => messaging.close());

async function deleteOverTheirHeads(what: 'stream' | 'consumer'): Promise<void> {
  const admin = await connect({ servers: nats.url });
  const manager = await jetstreamManager(admin);
  if (what === 'stream') await manager.streams.delete(TASKS_STREAM);
  else await manager.consumers.delete(TASKS_STREAM, taskConsumer(ADDRESS).name);
  await admin.close();
}

/** Collects what a consumer is given; `keep` leaves messages unacked. */
function collecting(
  credit: number,
  keep = false,
): { got: Delivery[]; names: () => string[]; grant(n: number): void; stop(): void } {
  const got: Delivery[] = [];
  const consumer = messaging.consumeTasks({
    consumer: taskConsumer(ADDRESS),
    credit,
    onTask: (delivery) => {
      got.push(delivery);
      if (keep) return;
      delivery.ack();
      consumer.grant(1);
    },
  });
  return {
    got,
    names: () => got.map(({ data }) => text(data)),
    grant: (n) => consumer.grant(n),
    stop: () => consumer.stop(),
  };
}

describe('connecting', () => {
  it('gives up after its time with a message that names the address', async () => {
    const attempt = connectMessaging({
      url: 'nats://127.0.0.1:1',
      name: 'x',
      logger: silentLogger,
      connectTimeoutMs: 1,
    });
    await expect(attempt).rejects.toThrow(/NATS at nats:\/\/127.0.0.1:1 cannot be reached/);
    await expect(attempt).rejects.toEqual(expect.any(MaestroError));
  });

  it('brings a stream that differs to what the topology says', async () => {
    await messaging.close();
    const [first] = STREAMS;
    if (first === undefined) throw new Error('the topology has no stream');
    const streams = [{ ...first, maxAgeMs: 60_000 }];
    messaging = await connectMessaging({ url: nats.url, name: 'test', logger: silentLogger, streams });
    const admin = await connect({ servers: nats.url });
    const info = await (await jetstreamManager(admin)).streams.info(first.name);
    await admin.close();
    expect(info.config).toMatchObject({ max_age: 60e9, retention: 'workqueue', storage: 'file' });
  });

  it('refuses a stream whose retention is another', async () => {
    const streams = [{ name: TASKS_STREAM, subjects: ['x'], retention: 'limits' as const, duplicateWindowMs: 1_000 }];
    const attempt = connectMessaging({ url: nats.url, name: 'x', logger: silentLogger, streams });
    await expect(attempt).rejects.toThrow(/MAESTRO_TASKS exists with another retention/);
  });
});

describe('publishing', () => {
  it('stores a batch and delivers every message once, with headers, exact bytes and the time of the server', async () => {
    const before = Date.now() - 1_000;
    const headers = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
    expect(await messaging.publishBatch([{ ...task('a'), headers }, ...tasks(999)])).toEqual([]);
    const consumer = collecting(50);
    await waitUntil(() => consumer.got.length === 1_000);
    expect(new Set(consumer.names()).size).toBe(1_000);
    const [first] = consumer.got;
    expect(first?.headers.get('traceparent')).toBe(headers.traceparent);
    expect(first?.headers.get('absent')).toBeUndefined();
    expect(first).toMatchObject({ redelivered: false, deliveries: 1, subject: taskSubject(ADDRESS) });
    expect(first?.storedAt).toBeGreaterThan(before);
  });

  it('takes a repeated message id as stored, and stores it once', async () => {
    expect(await messaging.publishBatch([task('a', 'same'), task('b', 'same')])).toEqual([]);
    const consumer = collecting(10);
    await messaging.publishBatch([task('last')]);
    await waitUntil(() => consumer.names().includes('last'));
    expect(consumer.names()).toEqual(['a', 'last']);
  });

  it('says which messages of a batch nobody stores', async () => {
    const lost = { subject: 'nobody.stores.this', data: bytes('x') };
    expect(await messaging.publishBatch([task('a'), lost, task('b')])).toMatchObject([
      { index: 1, reason: 'no-stream' },
    ]);
  });

  it('makes a deleted stream again and stores the batch', async () => {
    await deleteOverTheirHeads('stream');
    expect(await messaging.publishBatch(tasks(10))).toEqual([]);
    const consumer = collecting(10);
    await waitUntil(() => consumer.got.length === 10);
  });
});

describe('consuming', () => {
  it('asks for no more than its credit, and for more as it is granted', async () => {
    await messaging.publishBatch(tasks(10));
    const narrow = collecting(3, true);
    await waitUntil(() => narrow.got.length === 3);
    const rest = collecting(100);
    // The others go to whoever has credit: had the first one asked for more, it would have been given more.
    await waitUntil(() => rest.got.length === 7);
    expect(narrow.got).toHaveLength(3);
    narrow.grant(1);
    rest.stop();
    await messaging.publishBatch([task('one more')]);
    await waitUntil(() => narrow.got.length === 4);
  });

  it('gets a message again that was given back, and says so', async () => {
    await messaging.publishBatch([task('a')]);
    const consumer = collecting(2, true);
    await waitUntil(() => consumer.got.length === 1);
    consumer.got[0]?.nak(20);
    await waitUntil(() => consumer.got.length === 2);
    expect(consumer.got[1]).toMatchObject({ redelivered: true, deliveries: 2 });
  });

  it.each(['consumer', 'stream'] as const)('goes on after its %s was deleted', async (what) => {
    const consumer = collecting(5);
    await messaging.publishBatch(tasks(20, 'before'));
    await waitUntil(() => consumer.got.length === 20);
    await deleteOverTheirHeads(what);
    expect(await messaging.publishBatch(tasks(20, 'after'))).toEqual([]);
    await waitUntil(() => consumer.got.length === 40);
  });

  it('goes on after the server came back without any of its data', async () => {
    const consumer = collecting(5);
    await messaging.publishBatch(tasks(20, 'before'));
    await waitUntil(() => consumer.got.length === 20);
    await nats.restart({ wipe: true });
    await waitUntil(() => messaging.ready() === undefined);
    expect(await messaging.publishBatch(tasks(20, 'after'))).toEqual([]);
    await waitUntil(() => consumer.got.length === 40);
  });

  it('leaves the queue empty when all is acked', async () => {
    await messaging.publishBatch(tasks(100));
    const consumer = collecting(10);
    await waitUntil(() => consumer.got.length === 100);
    const admin = await connect({ servers: nats.url });
    const manager = await jetstreamManager(admin);
    await waitUntil(async () => (await manager.streams.info(TASKS_STREAM)).state.messages === 0);
    await admin.close();
  });
});

describe('request and reply', () => {
  it('answers with bytes, and passes headers', async () => {
    messaging.serve('test.echo', (data, headers) =>
      Promise.resolve(bytes(`${headers.get('who') ?? '-'}:${text(data)}`)),
    );
    const reply = await messaging.request('test.echo', bytes('hi'), { timeoutMs: 2_000, headers: { who: 'me' } });
    expect(text(reply)).toBe('me:hi');
  });

  it('fails at once with UNAVAILABLE when nobody listens', async () => {
    const asked = messaging.request('test.nobody', bytes('hi'), { timeoutMs: 60_000 });
    await expect(asked).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('fails with TIMED_OUT when nobody answers in time', async () => {
    messaging.serve('test.slow', () => new Promise(() => undefined));
    const asked = messaging.request('test.slow', bytes('hi'), { timeoutMs: 30 });
    await expect(asked).rejects.toMatchObject({ code: 'TIMED_OUT' });
  });

  it('brings the error of the handler, and hides one that was not meant for others', async () => {
    messaging.serve('test.refuse', () => Promise.reject(new MaestroError('CONFLICT', 'moved on')));
    messaging.serve('test.break', () => Promise.reject(new Error('secret')));
    const refused = messaging.request('test.refuse', bytes(''), { timeoutMs: 2_000 });
    await expect(refused).rejects.toMatchObject({ code: 'CONFLICT', message: 'moved on' });
    const broken = messaging.request('test.break', bytes(''), { timeoutMs: 2_000 });
    await expect(broken).rejects.toMatchObject({
      code: 'INTERNAL',
      message: expect.not.stringContaining('secret') as string,
    });
  });

  it('is shared by a queue group, while a plain listener hears everything', async () => {
    const heard = { one: 0, other: 0, all: 0 };
    messaging.listen('test.hint', () => (heard.one += 1), 'group');
    messaging.listen('test.hint', () => (heard.other += 1), 'group');
    messaging.listen('test.hint', () => (heard.all += 1));
    for (let i = 0; i < 50; i += 1) messaging.publish('test.hint', bytes('x'));
    await waitUntil(() => heard.all === 50 && heard.one + heard.other === 50);
  });

  it('is served again after the server came back', async () => {
    messaging.serve('test.echo', (data) => Promise.resolve(data));
    let reconnects = 0;
    messaging.onReconnect(() => (reconnects += 1));
    await nats.restart();
    await waitUntil(() => reconnects === 1);
    expect(text(await messaging.request('test.echo', bytes('hi'), { timeoutMs: 2_000 }))).toBe('hi');
  });
});

describe('the oldest task', () => {
  const other = taskSubject({ pool: 'default', type: 'http' });

  it('is the first unsettled one of its own subject, and none when all are settled', async () => {
    expect(await messaging.oldestTask(taskSubject(ADDRESS))).toBeUndefined();
    const before = Date.now() - 2_000;
    await messaging.publishBatch([{ subject: other, data: bytes('other') }, task('first'), task('second')]);
    const oldest = await messaging.oldestTask(taskSubject(ADDRESS));
    expect(oldest).toBeGreaterThan(before);
    const taken = collecting(10);
    await waitUntil(() => taken.got.length === 2, { describe: 'both tasks are settled' });
    await waitUntil(async () => (await messaging.oldestTask(taskSubject(ADDRESS))) === undefined, {
      describe: 'the queue is empty',
    });
    expect(await messaging.oldestTask(other)).toBeGreaterThan(before);
    taken.stop();
  });

  it('is none when the stream is gone, and a stream that is made anew keeps tasks only since then', async () => {
    const keptSince = await messaging.tasksKeptSince();
    expect(keptSince).toBeLessThan(Date.now() + 2_000);
    await deleteOverTheirHeads('stream');
    expect(await messaging.oldestTask(taskSubject(ADDRESS))).toBeUndefined();
    expect(await messaging.tasksKeptSince()).toBe(Infinity);
    await messaging.ensureStreams();
    expect(await messaging.tasksKeptSince()).toBeGreaterThan(keptSince);
  });
});
