import { waitUntil } from '@maestro/testing';
import { startExtraScheduler, type ExtraScheduler } from './testing/extra-scheduler.js';
import { expectNothingLeft } from './testing/invariants.js';
import { Load } from './testing/load.js';
import { executionsOf, overlapsIn } from './testing/marks.js';
import { System } from './testing/system.js';

jest.setTimeout(120_000);

let system: System;
let extra: ExtraScheduler | undefined;

beforeAll(async () => {
  system = await System.start();
}, 120_000);

afterAll(async () => {
  await extra?.kill();
  await system.stop();
}, 60_000);

/** How many shards each living replica owns, the larger number first. */
async function shards(): Promise<number[]> {
  const owners = await system.sql<{ n: number }>(
    `select count(*)::int as n from scheduler.shard_lease
     where owner is not null and expires_at > extract(epoch from clock_timestamp()) * 1000 group by owner`,
  );
  return owners.map(({ n }) => n).sort((a, b) => b - a);
}

async function shardsAre(...expected: number[]): Promise<void> {
  const same = async (): Promise<boolean> => {
    const seen = await shards();
    if (seen.join() === expected.join()) return true;
    throw new Error(seen.join());
  };
  await waitUntil(same, { timeoutMs: 30_000, describe: `shards are owned ${expected.join(' and ')}` });
}

test('two schedulers share the shards; when one is killed, the other takes over and every run ends', async () => {
  await shardsAre(64);
  extra = await startExtraScheduler(system);
  await shardsAre(32, 32);

  const load = new Load(system, 'two-schedulers');
  await load.begin();
  await extra.kill();
  await shardsAre(64);
  await load.finish();

  expect(overlapsIn(load.marks)).toEqual([]);
  expect([...executionsOf(load.marks).values()].filter((executions) => executions.length > 1)).toEqual([]);
  await expectNothingLeft(system);
});
