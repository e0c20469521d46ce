import { setTimeout as delay } from 'node:timers/promises';
import { expectCounts } from '../load/expect-counts.js';
import { startMany } from '../load/start.js';
import { chainOf, pushSeveral, type PushedWorkflow } from '../load/workflows.js';
import type { PreparedWork, Sample, Work, WorkContext } from './work.js';

/** Netflix's published peak: two million step executions in a day. */
const STEPS = 2_000_000;
const STEPS_A_RUN = 10;
const RUNS = STEPS / STEPS_A_RUN;
const WORKFLOWS = 4;

/** Starts are given as fast as runs end: so many are open at any time, as few as two batches are fewer. */
const OPEN_RUNS = 3_000;
const SLICE = 1_000;
const LOOK_MS = 10;
const TELL_EVERY = 20_000;

/** theDay runs a day's work of a very large platform and takes the minutes that it needs: dispatched steps, ten a run. */
export const theDay: Work = {
  name: 'N',
  figures: [{ key: 'N', unit: 'min', target: 6, better: 'less', title: 'the day: 2,000,000 dispatched steps' }],
  samples: 1,
  timeLimitMs: 2_400_000,
  settings: {},
  onRequest: true,
  prepare: prepareDay,
};

async function prepareDay(context: WorkContext): Promise<PreparedWork> {
  const { clients } = context;
  const workflows = await pushSeveral(clients, WORKFLOWS, (suffix) => chainOf(`bench-n${suffix}`, STEPS_A_RUN, 'Echo'));
  return {
    warmUp: () => allRuns(context, workflows, SLICE),
    sample: async () => {
      const after = await clients.database.lastRunKey();
      const started = performance.now();
      await allRuns(context, workflows, RUNS);
      const sample: Sample = { values: { N: (performance.now() - started) / 60_000 }, steps: STEPS };
      await expectCounts(
        clients.database,
        { workflowKeys: workflows.map(({ key }) => key), after },
        { runs: { SUCCEEDED: RUNS }, steps: { SUCCEEDED: STEPS } },
      );
      return sample;
    },
  };
}

async function allRuns(
  { clients, signal, log }: WorkContext,
  workflows: readonly PushedWorkflow[],
  runs: number,
): Promise<void> {
  const keys = workflows.map(({ key }) => key);
  const began = performance.now();
  for (let started = 0; started < runs; started += SLICE) {
    while ((await clients.database.openRuns()) > OPEN_RUNS - SLICE) await delay(LOOK_MS, undefined, { signal });
    await startMany(clients, workflows, SLICE, signal);
    if ((started + SLICE) % TELL_EVERY !== 0) continue;
    const seconds = (performance.now() - began) / 1_000;
    log(
      `N: ${started + SLICE} runs started, ${(((started + SLICE) * STEPS_A_RUN) / seconds).toFixed(0)} steps/s so far`,
    );
  }
  while (await clients.database.anyOpen(keys)) await delay(LOOK_MS, undefined, { signal });
}
