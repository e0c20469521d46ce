import { SHARDS, type Millis } from '@maestro/domain';
import { createPool } from '@maestro/postgres';
import { testDatabase, waitUntil, type TestDatabase } from '@maestro/testing';
import type { Pool } from 'pg';
import { postgresTimeTriggers } from '../adapters/postgres/time-trigger-store.js';
import { processTiming } from '../adapters/process/timing.js';
import type { Advance, NewTrigger, StoredTrigger, TimeTriggerStore } from '../ports/time-trigger-store.js';
import { MIGRATIONS } from '../testing/stored-runs.js';
import { shardOfTrigger, triggerId } from '../usecases/time-triggers/trigger-id.js';
import { TimeTriggerLoop } from './time-triggers.js';

const START = Date.UTC(2026, 0, 1);
const SECOND = 1_000;
const ALL = Array.from({ length: SHARDS }, (_, shard) => shard);

let database: TestDatabase;
let pool: Pool;
let store: TimeTriggerStore;
let now: Millis;

beforeAll(async () => {
  database = await testDatabase({ migrations: [MIGRATIONS] });
  pool = createPool({ url: database.url, max: 4, applicationName: 'test', schema: 'scheduler' });
  store = postgresTimeTriggers(pool);
});

afterAll(async () => {
  await pool.end();
  await database.stop();
});

beforeEach(async () => {
  now = START;
  await pool.query(`truncate time_trigger; delete from feed_cursor where feed like '%time-triggers'`);
});

function trigger(workflowId: string, identity = 'every second', definition = '{"v":1}'): NewTrigger {
  const id = triggerId(workflowId, identity);
  const workflowKey = BigInt(workflowId.replace(/\D/g, ''));
  return { workflowKey, workflowId, triggerId: id, shard: shardOfTrigger(id), identity, definition };
}

/** The feed has one message: these workflows have these triggers now. */
async function has(...triggers: readonly NewTrigger[]): Promise<void> {
  const keys = [...new Set(triggers.map(({ workflowKey }) => workflowKey))];
  const changes = keys.map((workflowKey) => ({
    workflowKey,
    triggers: triggers.filter((each) => each.workflowKey === workflowKey),
  }));
  let told = false;
  await store.follow(
    () => now,
    (after) => {
      if (told) return Promise.resolve(undefined);
      told = true;
      return Promise.resolve({ position: after + 1n, changes });
    },
  );
}

/** A trigger that fires each second, whose starts are kept by nominal time, as request ids keep them. */
function replica(started: Map<string, number>, more: Partial<TimeTriggerStore> = {}): TimeTriggerLoop {
  const fire = (row: StoredTrigger): Promise<Advance> => {
    let at = row.watermark + SECOND;
    let fired = 0;
    for (; at <= now; at += SECOND, fired += 1) {
      const key = `${row.workflowId}@${at}`;
      started.set(key, (started.get(key) ?? 0) + 1);
    }
    const { workflowKey, triggerId: id, generation } = row;
    const watermark = at - SECOND;
    return Promise.resolve({
      workflowKey,
      triggerId: id,
      generation,
      from: row.watermark,
      watermark,
      nextFireAt: at,
      nextNominal: at,
      reason: undefined,
      fired,
      skipped: 0,
      lastNominal: watermark,
      lastInstance: 1n,
    });
  };
  return new TimeTriggerLoop({
    store: { ...store, ...more },
    shards: { shards: ALL },
    timing: processTiming,
    logger: { warn: () => undefined } as never,
    now: () => now,
    fire,
  });
}

const rowOf = async (workflowId: string): Promise<StoredTrigger> => (await store.ofWorkflow(workflowId))[0]!;

test('two replicas that look after the same shards move each watermark to the same place, and count each firing once', async () => {
  const ids = Array.from({ length: 50 }, (_, index) => `w${index + 1}`);
  await has(...ids.map((id) => trigger(id)));
  const started = new Map<string, number>();
  const loops = [replica(started), replica(started)];
  for (now = START; now <= START + 5 * SECOND; now += SECOND) {
    await Promise.all(loops.map((loop) => loop.scan()));
    await waitUntil(async () => (await store.due(ALL, now, 100)).length === 0);
  }
  await Promise.all(loops.map((loop) => loop.stop()));
  expect(started.size).toBe(50 * 5);
  for (const id of ids)
    expect(await rowOf(id)).toMatchObject({ watermark: START + 5 * SECOND, fired: 5n, lastInstance: 1n });
});

test('a replica that dies before it notes its starts leaves them to the next one, which finds them again', async () => {
  await has(trigger('w1'));
  now = START + 2 * SECOND;
  const started = new Map<string, number>();
  const dying = replica(started, { advance: () => Promise.reject(new Error('killed')) });
  await dying.scan();
  await waitUntil(() => started.size === 2);
  await dying.stop();
  const next = replica(started);
  await next.scan();
  await waitUntil(async () => (await rowOf('w1')).watermark === now);
  await next.stop();
  expect([...started]).toEqual([
    [`w1@${START + SECOND}`, 2],
    [`w1@${START + 2 * SECOND}`, 2],
  ]);
});

test('what stays keeps its watermark, what has changed is looked at, what is gone is deleted', async () => {
  await has(trigger('w1', 'a'), trigger('w1', 'b'), trigger('w2', 'a'));
  now = START + 10 * SECOND;
  await has(trigger('w1', 'a'), trigger('w1', 'b', '{"v":2}'), trigger('w1', 'c'));
  const rows = await store.ofWorkflow('w1');
  const seen = new Map(rows.map((row) => [row.identity, [row.watermark - START, row.generation]]));
  expect(Object.fromEntries(seen)).toEqual({ a: [0, 0n], b: [0, 1n], c: [10 * SECOND, 0n] });
  expect(await store.ofWorkflow('w2')).toHaveLength(1);
});

test('a firing that was planned before an edit is not noted over it', async () => {
  await has(trigger('w1'));
  const { generation, ...row } = await rowOf('w1');
  await has(trigger('w1', 'every second', '{"v":2}'));
  const done = {
    ...row,
    generation,
    from: START,
    watermark: START + SECOND,
    nextFireAt: undefined,
    fired: 1,
    skipped: 0,
  };
  await store.advance([done]);
  expect(await rowOf('w1')).toMatchObject({ watermark: START, fired: 0n, generation: 1n });
});

test('a paused trigger is not due; resumed it goes on, or forgets what was missed', async () => {
  await has(trigger('w1'), trigger('w2'));
  const rows = [await rowOf('w1'), await rowOf('w2')];
  await store.setPaused(rows, { at: START, pausedBy: 'ada' });
  await store.setPaused(rows, { at: START + SECOND, pausedBy: 'bob' });
  expect(await store.due(ALL, START + SECOND, 10)).toEqual([]);
  expect(await rowOf('w1')).toMatchObject({ pausedAt: START, pausedBy: 'ada' });
  now = START + 60 * SECOND;
  await store.setPaused(rows.slice(0, 1), { at: now });
  await store.setPaused(rows.slice(1), { at: now, watermark: now });
  expect(await rowOf('w1')).toMatchObject({ watermark: START, pausedAt: undefined, nextFireAt: now });
  expect(await rowOf('w2')).toMatchObject({ watermark: now, pausedAt: undefined });
});

test('the feed is read by one replica at a time', async () => {
  let inside = 0;
  let most = 0;
  const read = async (): Promise<undefined> => {
    inside += 1;
    most = Math.max(most, inside);
    await pool.query('select pg_sleep(0.1)');
    inside -= 1;
    return undefined;
  };
  const done = await Promise.all([1, 2].map(() => store.follow(() => now, read)));
  expect(most).toBe(1);
  expect(done).toContain(true);
});
