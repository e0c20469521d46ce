import { setTimeout as delay } from 'node:timers/promises';
import { expectCounts } from '../load/expect-counts.js';
import { startMany } from '../load/start.js';
import { chainOf, pushSeveral, type PushedWorkflow } from '../load/workflows.js';
import type { PreparedWork, Sample, Work, WorkContext } from './work.js';

const RUNS = 500;
const STEPS = 50;
const WORKFLOWS = 1;
const LOOK_MS = 10;

/** failover kills the only scheduler in the middle of its work and takes the seconds until steps end again. */
export const failover: Work = {
  name: 'F',
  figures: [
    {
      key: 'F',
      unit: 's',
      target: 10,
      better: 'less',
      title: 'kill -9 of the only busy scheduler: progress again after',
    },
  ],
  samples: 3,
  timeLimitMs: 240_000,
  settings: {},
  prepare: prepareFailover,
};

async function prepareFailover(context: WorkContext): Promise<PreparedWork> {
  const workflows = await pushSeveral(context.clients, WORKFLOWS, (suffix) =>
    chainOf(`bench-f${suffix}`, STEPS, 'Echo'),
  );
  return { warmUp: () => Promise.resolve(), sample: () => killOnce(context, workflows) };
}

async function killOnce(
  { clients, maestro, signal }: WorkContext,
  workflows: readonly PushedWorkflow[],
): Promise<Sample> {
  const { database } = clients;
  const keys = workflows.map(({ key }) => key);
  const after = await database.lastRunKey();
  await startMany(clients, workflows, RUNS, signal);
  process.kill(maestro.services()['scheduler'] ?? 0, 'SIGKILL');
  const killed = Date.now();
  // What was decided before the kill may still come to be seen; only a later decision is progress.
  while ((await database.lastChange(keys)) <= killed) await delay(LOOK_MS, undefined, { signal });
  const seconds = (Date.now() - killed) / 1_000;
  while (await database.anyOpen(keys)) await delay(LOOK_MS, undefined, { signal });
  const expected = { runs: { SUCCEEDED: RUNS }, steps: { SUCCEEDED: RUNS * STEPS } };
  await expectCounts(database, { workflowKeys: keys, after }, expected);
  return { values: { F: seconds }, steps: RUNS * STEPS };
}
