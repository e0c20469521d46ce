import { waitUntil } from '@maestro/testing';
import { expectNothingLeft } from './testing/invariants.js';
import { Load } from './testing/load.js';
import { executionsOf, overlapsIn } from './testing/marks.js';
import { System, type ServiceName } from './testing/system.js';

jest.setTimeout(120_000);

const KILLS = 3;
const RUNS_BETWEEN_KILLS = 40;

let system: System;

beforeAll(async () => {
  system = await System.start();
}, 120_000);

afterAll(() => system.stop(), 60_000);

/** Kills the service again and again, each time in the middle of runs and after some have ended since the last time. */
async function killRepeatedly(load: Load, service: ServiceName): Promise<void> {
  for (let kill = 0; kill < KILLS; kill += 1) {
    await load.goesOn(RUNS_BETWEEN_KILLS);
    const before = system.pid(service);
    system.kill(service);
    await waitUntil(() => ![0, before].includes(system.pid(service)), { describe: `${service} is started again` });
    await system.ready(service);
  }
}

/** Most executions of one attempt. */
function mostExecutions(load: Load): number {
  return Math.max(...[...executionsOf(load.marks).values()].map((executions) => executions.length));
}

async function underLoad(id: string, chaos: (load: Load) => Promise<void>): Promise<Load> {
  const load = new Load(system, id);
  await load.begin();
  await chaos(load);
  await load.finish();
  expect(overlapsIn(load.marks)).toEqual([]);
  await expectNothingLeft(system);
  return load;
}

test.each(['scheduler', 'definition', 'signal', 'gateway'] as const)(
  'kill -9 of the %s, again and again, costs no run, and no attempt runs twice',
  async (service) => {
    const load = await underLoad(`kill-${service}`, (running) => killRepeatedly(running, service));
    expect(mostExecutions(load)).toBe(1);
  },
);

test('kill -9 of the executor costs no run; an attempt that was cut off may begin again, never beside itself', async () => {
  const load = await underLoad('kill-executor', (running) => killRepeatedly(running, 'executor'));
  expect(mostExecutions(load)).toBeLessThanOrEqual(1 + KILLS);
});

test('a Postgres that crashes and comes back costs no run', async () => {
  await underLoad('restart-postgres', async () => {
    process.kill(system.postgres.pid, 'SIGQUIT');
    await system.postgres.restart();
  });
});

test('a NATS that crashes and comes back costs no run', async () => {
  await underLoad('restart-nats', async () => {
    process.kill(system.nats.pid, 'SIGKILL');
    await system.nats.restart();
  });
});

test('the loss of all that JetStream had stored costs no run', async () => {
  await underLoad('wipe-nats', () => system.nats.restart({ wipe: true }));
});
