import { waitUntil } from '@maestro/testing';
import { wreak } from './testing/chaos.js';
import { startExtraScheduler, type ExtraScheduler } from './testing/extra-scheduler.js';
import { expectNothingLeft } from './testing/invariants.js';
import { step } from './testing/runs.js';
import { System } from './testing/system.js';

/** `npm run storm` does the long one: 10,000 firings. */
const FIRINGS = Number(process.env['MAESTRO_STORM_FIRINGS'] ?? 2_000);
/** Triggers that are due in the same seconds. */
const WORKFLOWS = 100;
const SECONDS = Math.ceil(FIRINGS / WORKFLOWS);
/** All are pushed before the first second comes, and both replicas know them. */
const AHEAD_MS = 20_000;
const PAUSE_MS = { least: 2_000, most: 5_000 };

jest.setTimeout(180_000 + SECONDS * 3_000);

let system: System;
let extra: ExtraScheduler | undefined;

beforeAll(async () => {
  system = await System.start();
  extra = await startExtraScheduler(system);
}, 120_000);

afterAll(async () => {
  await extra?.kill();
  await system.stop();
}, 60_000);

/** Each comes back by itself or is started again; meanwhile the other one has all to do. */
const KILLS = [
  {
    name: 'kill -9 of the first scheduler',
    inject: async () => {
      system.kill('scheduler');
      await system.ready('scheduler');
    },
  },
  {
    name: 'kill -9 of the second scheduler',
    inject: async () => {
      await extra?.kill();
      extra = await startExtraScheduler(system);
    },
  },
];

/** Nominal times of all runs, by workflow, each as often as it started. */
async function firings(): Promise<ReadonlyMap<string, readonly number[]>> {
  const found = await system.sql<{ id: string; times: readonly string[] }>(
    `select workflow_id as id, array_agg(params -> 'RUN_TS' ->> 'evaluatedResult') as times from scheduler.run group by 1`,
  );
  return new Map(found.map(({ id, times }) => [id, times.map(Number).sort((a, b) => a - b)]));
}

async function ended(): Promise<number> {
  const [row] = await system.sql<{ n: string }>(`select count(*) as n from scheduler.run where status = 'SUCCEEDED'`);
  return Number(row?.n);
}

test(`two schedulers, one of them killed every few seconds: ${WORKFLOWS * SECONDS} due firings, each exactly once`, async () => {
  const first = Math.ceil((Date.now() + AHEAD_MS) / 1_000) * 1_000;
  const due = Array.from({ length: SECONDS }, (_, index) => first + index * 1_000);
  const [start_date, end_date] = [first, first + SECONDS * 1_000].map((at) => new Date(at).toISOString());
  const trigger = { type: 'CRON', cron: '* * * * * ?', start_date, end_date };
  const ids = Array.from({ length: WORKFLOWS }, (_, index) => `storm-${index}`);
  for (const id of ids) await system.runs.pushSteps(id, [step('a', 'NoOp')], { time_triggers: [trigger] });

  await waitUntil(async () => (await ended()) > 0, { timeoutMs: 60_000, describe: 'the first have fired' });
  let over = false;
  const all = waitUntil(async () => (await ended()) >= WORKFLOWS * SECONDS, {
    timeoutMs: 120_000 + SECONDS * 3_000,
    describe: 'all have fired',
  }).finally(() => (over = true));
  const [kills] = await Promise.all([wreak({ faults: KILLS, pauseMs: PAUSE_MS, ended, over: () => over }), all]);
  process.stdout.write(`${WORKFLOWS * SECONDS} firings while schedulers were killed ${kills.length} times\n`);

  const found = await firings();
  expect([...found.keys()].sort()).toEqual([...ids].sort());
  for (const id of ids) expect([id, found.get(id)]).toEqual([id, due]);
  const left = async (): Promise<number> =>
    (await system.sql('select 1 from scheduler.time_trigger where next_fire_at is not null')).length;
  await waitUntil(async () => (await left()) === 0, { describe: 'all triggers know that they have ended' });
  await expectNothingLeft(system);
});
