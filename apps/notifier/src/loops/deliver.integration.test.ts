import { createPool, databaseClock, queryOne, type DatabaseClock } from '@maestro/postgres';
import { silentLogger } from '@maestro/telemetry';
import { testDatabase, waitUntil, type TestDatabase } from '@maestro/testing';
import type { Pool } from 'pg';
import { postgresDeliveries } from '../adapters/postgres/deliveries.js';
import type { Channel, Outcome } from '../ports/channel.js';
import type { Deliveries, Delivery, NewDelivery } from '../ports/delivery.js';
import { MIGRATIONS } from '../testing/migrations.js';
import { Lanes } from '../usecases/lanes.js';
import { Sender } from '../usecases/sender.js';
import { DeliveryLoop } from './deliver.js';

let database: TestDatabase;
let pool: Pool;
let clock: DatabaseClock;
const loops: DeliveryLoop[] = [];

beforeAll(async () => {
  database = await testDatabase({ migrations: [MIGRATIONS] });
  pool = createPool({ url: database.url, schema: 'notifier', applicationName: 'test', max: 4, hotPath: true });
  clock = await databaseClock(pool);
});
afterEach(async () => {
  await Promise.all(loops.splice(0).map((loop) => loop.stop()));
  await pool.query('delete from delivery');
});
afterAll(async () => {
  clock.stop();
  await pool.end();
  await database.stop();
});

/** A channel that answers as the test says. */
class ScriptedChannel implements Channel {
  readonly name = 'test';
  readonly sent: Delivery[] = [];

  constructor(private readonly answer: (delivery: Delivery, signal: AbortSignal) => Outcome | Promise<Outcome>) {}

  send(delivery: Delivery, signal: AbortSignal): Promise<Outcome> {
    this.sent.push(delivery);
    return Promise.resolve(this.answer(delivery, signal));
  }
}

const DELIVERED: Outcome = { result: 'delivered', answer: 'ok' };
const RETRY: Outcome = { result: 'retry', reason: 'not now' };

function start(channel: Channel, leaseMs = 60_000): { readonly deliveries: Deliveries; readonly loop: DeliveryLoop } {
  const deliveries = postgresDeliveries({ pool, clock, leaseMs });
  const policy = { tries: 3, firstMs: 20, longestMs: 100, giveUpMs: 60_000 };
  const lanes = new Lanes({ concurrency: 16, perTarget: 4 });
  const shared = { deliveries, channels: [channel], lanes, policy, timeoutMs: 5_000, clock, logger: silentLogger };
  const loop = new DeliveryLoop({
    deliveries,
    clock,
    logger: silentLogger,
    senderOf: (onSettled) => new Sender({ ...shared, chance: () => 0.5, onTried: () => undefined, onSettled }),
  });
  loops.push(loop);
  return { deliveries, loop };
}

const to = (target: string, messageId: string): NewDelivery => ({
  messageId,
  channel: 'test',
  target,
  kind: 'io.maestro.test',
  tenant: 'default',
  payload: { of: messageId },
});

async function states(): Promise<Record<string, string>> {
  const text = 'select message_id, state, attempts from delivery order by 1';
  const rows = await queryOne<{ message_id: string; state: string; attempts: number }>(pool, { name: 'states', text });
  return Object.fromEntries(rows.map((row) => [row.message_id, `${row.state} ${row.attempts}`]));
}

test('what is added is sent once, also when it is added again', async () => {
  const channel = new ScriptedChannel(() => DELIVERED);
  const { deliveries, loop } = start(channel);
  await deliveries.add([to('a', '1'), to('b', '1'), to('a', '2')]);
  await deliveries.add([to('a', '1')]);
  loop.nudge();
  await waitUntil(async () => Object.values(await states()).every((state) => state === 'DELIVERED 1'));
  expect(channel.sent.map(({ target, messageId }) => target + messageId).sort()).toEqual(['a1', 'a2', 'b1']);
  expect(channel.sent[0]).toMatchObject({ payload: { of: '1' }, attempt: 1 });
});

test('a failing one is tried again at its time, as often as it may; a refused one never', async () => {
  const channel = new ScriptedChannel(({ messageId, attempt }) => {
    if (messageId === 'refused') return { result: 'refused', reason: 'gone' };
    return messageId === 'third' && attempt === 3 ? DELIVERED : RETRY;
  });
  const { deliveries, loop } = start(channel);
  await deliveries.add([to('a', 'third'), to('a', 'never'), to('a', 'refused')]);
  loop.nudge();
  const wanted = { never: 'DEAD 3', refused: 'DEAD 1', third: 'DELIVERED 3' };
  await waitUntil(async () => JSON.stringify(await states()) === JSON.stringify(wanted));
});

test('a target that does not answer holds up nobody but itself', async () => {
  let release: () => void = () => undefined;
  const silence = new Promise<Outcome>((resolve) => (release = () => resolve(DELIVERED)));
  const channel = new ScriptedChannel(({ target }) => (target === 'silent' ? silence : DELIVERED));
  const { deliveries, loop } = start(channel);
  await deliveries.add(Array.from({ length: 50 }, (_, at) => to('silent', `s${at}`)));
  await deliveries.add(Array.from({ length: 50 }, (_, at) => to(`lively${at % 5}`, `l${at}`)));
  loop.nudge();
  await waitUntil(() => channel.sent.filter(({ target }) => target.startsWith('lively')).length === 50);
  expect(channel.sent.filter(({ target }) => target === 'silent')).toHaveLength(4);
  release();
  await waitUntil(() => channel.sent.length === 100);
});

test('two replicas share, and what a dead one had taken is sent when its lease is over', async () => {
  const dead = postgresDeliveries({ pool, clock, leaseMs: 200 });
  await dead.add([to('a', 'left')]);
  expect(await dead.take({ limit: 9, perTarget: 9, lanes: [] }, clock.now())).toHaveLength(1);
  const channel = new ScriptedChannel(() => DELIVERED);
  const [one, two] = [start(channel), start(channel)];
  await one.deliveries.add(Array.from({ length: 100 }, (_, at) => to(`t${at % 20}`, `m${at}`)));
  one.loop.nudge();
  two.loop.nudge();
  await waitUntil(async () => Object.values(await states()).every((state) => state.startsWith('DELIVERED')));
  expect(channel.sent).toHaveLength(101);
  expect(await states()).toMatchObject({ left: 'DELIVERED 2', m0: 'DELIVERED 1' });
});

test('what is being sent when the process stops is finished and written down', async () => {
  let answer: (outcome: Outcome) => void = () => undefined;
  const channel = new ScriptedChannel(() => new Promise<Outcome>((resolve) => (answer = resolve)));
  const { deliveries, loop } = start(channel);
  await deliveries.add([to('a', '1')]);
  loop.nudge();
  await waitUntil(() => channel.sent.length === 1);
  const stopping = loop.stop();
  answer(DELIVERED);
  await stopping;
  expect(await states()).toEqual({ '1': 'DELIVERED 1' });
});
