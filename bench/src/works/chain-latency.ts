import { setTimeout as delay } from 'node:timers/promises';
import type { Clients } from '../load/clients.js';
import { expectCounts } from '../load/expect-counts.js';
import { startMessage } from '../load/start.js';
import { chainOf, push, type PushedWorkflow } from '../load/workflows.js';
import { median } from '../statistics.js';
import type { PreparedWork, Sample, Work, WorkContext } from './work.js';

const LENGTH = 100;
const WARM_UP_CHAINS = 5;
const CHAINS_A_SAMPLE = 5;

/** Looking begins when a run should be nearly done, then goes on each millisecond: it costs 1 % of a core. */
const FIRST_LOOK = 0.8;
const LOOK_MS = 1;

/** chainLatency measures a chain of 100 steps with one run in flight: ms per step from the start call to the stored end. */
export function chainLatency(name: string, type: string, target: number, title: string): Work {
  return {
    name,
    figures: [{ key: name, unit: 'ms/step', target, better: 'less', title }],
    samples: 5,
    timeLimitMs: 120_000,
    settings: {},
    prepare: (context) => prepareChain(name, type, context),
  };
}

async function prepareChain(name: string, type: string, { clients, signal }: WorkContext): Promise<PreparedWork> {
  const workflow = await push(clients, chainOf(`bench-${name.toLowerCase()}`, LENGTH, type));
  let expectedMs = 0;
  const chains = async (count: number): Promise<number> => {
    const times: number[] = [];
    for (let index = 0; index < count; index += 1) times.push(await oneChain(clients, workflow, expectedMs, signal));
    expectedMs = median(times);
    return expectedMs / LENGTH;
  };
  return {
    warmUp: async () => void (await chains(WARM_UP_CHAINS)),
    sample: async () => {
      const after = await clients.database.lastRunKey();
      const sample: Sample = { values: { [name]: await chains(CHAINS_A_SAMPLE) }, steps: CHAINS_A_SAMPLE * LENGTH };
      await expectCounts(
        clients.database,
        { workflowKeys: [workflow.key], after },
        { runs: { SUCCEEDED: CHAINS_A_SAMPLE }, steps: { SUCCEEDED: CHAINS_A_SAMPLE * LENGTH } },
      );
      return sample;
    },
  };
}

/** oneChain takes the milliseconds from just before the start call until the run is seen to have ended. */
export async function oneChain(
  { scheduler, database }: Clients,
  workflow: PushedWorkflow,
  expectedMs: number,
  signal: AbortSignal,
): Promise<number> {
  const started = performance.now();
  const { workflowInstanceId } = await scheduler.startWorkflow(startMessage(workflow.id), { signal });
  const runKey = await database.runKeyOf(workflow.key, workflowInstanceId);
  let pause = expectedMs * FIRST_LOOK - (performance.now() - started);
  while (!(await database.hasEnded(runKey))) {
    await delay(Math.max(pause, LOOK_MS), undefined, { signal });
    pause = LOOK_MS;
  }
  return performance.now() - started;
}
