import { setTimeout as delay } from 'node:timers/promises';
import { expectCounts } from '../load/expect-counts.js';
import { startMany } from '../load/start.js';
import { chainOf, pushSeveral, type PushedWorkflow } from '../load/workflows.js';
import type { PreparedWork, Sample, Work, WorkContext } from './work.js';

const RUNS = 2_000;
const STEPS = 5;
const WORKFLOWS = 4;
const LOOK_MS = 5;

/** throughput measures 2,000 runs of 5 steps: steps a second from the first start sent to the last run ended. */
export function throughput(name: string, type: string, target: number, title: string): Work {
  return {
    name,
    figures: [{ key: name, unit: 'steps/s', target, better: 'more', title }],
    samples: 5,
    timeLimitMs: 240_000,
    settings: {},
    prepare: (context) => prepareRuns(name, type, context),
  };
}

async function prepareRuns(name: string, type: string, context: WorkContext): Promise<PreparedWork> {
  const { clients } = context;
  const id = `bench-${name.toLowerCase()}`;
  const workflows = await pushSeveral(clients, WORKFLOWS, (suffix) => chainOf(id + suffix, STEPS, type));
  return {
    warmUp: async () => void (await allRuns(context, workflows)),
    sample: async () => {
      const after = await clients.database.lastRunKey();
      const seconds = await allRuns(context, workflows);
      const sample: Sample = { values: { [name]: (RUNS * STEPS) / seconds }, steps: RUNS * STEPS };
      await expectCounts(
        clients.database,
        { workflowKeys: workflows.map(({ key }) => key), after },
        { runs: { SUCCEEDED: RUNS }, steps: { SUCCEEDED: RUNS * STEPS } },
      );
      return sample;
    },
  };
}

/** allRuns takes the seconds from the first start sent until no run is open any more. */
async function allRuns({ clients, signal }: WorkContext, workflows: readonly PushedWorkflow[]): Promise<number> {
  const keys = workflows.map(({ key }) => key);
  const started = performance.now();
  await startMany(clients, workflows, RUNS, signal);
  while (await clients.database.anyOpen(keys)) await delay(LOOK_MS, undefined, { signal });
  return (performance.now() - started) / 1_000;
}
