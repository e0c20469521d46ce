import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expectCounts } from '../load/expect-counts.js';
import { chainOf, push } from '../load/workflows.js';
import { median } from '../statistics.js';
import { oneChain } from './chain-latency.js';
import type { PreparedWork, Work, WorkContext } from './work.js';

const SCRIPT = 'true';
const LENGTH = 20;
const CHAINS = 5;
const BARE_PROCESSES = 50;

/** processStart measures what a Shell step takes over the process that it starts: schedule, dispatch, guard, outputs, commit. */
export const processStart: Work = {
  name: 'P',
  figures: [{ key: 'P', unit: 'ms', target: 20, better: 'less', title: 'a Shell step over its bare process' }],
  samples: 5,
  timeLimitMs: 120_000,
  settings: {},
  prepare,
};

async function prepare({ clients, signal, log }: WorkContext): Promise<PreparedWork> {
  const workflow = await push(
    clients,
    chainOf('bench-p', LENGTH, 'Shell', { script: { type: 'STRING', value: SCRIPT } }),
  );
  const chains = async (): Promise<number> => {
    const times: number[] = [];
    for (let index = 0; index < CHAINS; index += 1) times.push(await oneChain(clients, workflow, 0, signal));
    return median(times) / LENGTH;
  };
  return {
    warmUp: async () => void (await chains()),
    sample: async () => {
      const after = await clients.database.lastRunKey();
      const [step, bare] = [await chains(), await bareProcess()];
      log(`P: a step took ${step.toFixed(1)} ms, its bare process ${bare.toFixed(1)} ms`);
      await expectCounts(
        clients.database,
        { workflowKeys: [workflow.key], after },
        { runs: { SUCCEEDED: CHAINS }, steps: { SUCCEEDED: CHAINS * LENGTH } },
      );
      return { values: { P: step - bare }, steps: CHAINS * LENGTH };
    },
  };
}

async function bareProcess(): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < BARE_PROCESSES; index += 1) {
    const started = performance.now();
    await once(spawn('sh', ['-c', SCRIPT], { stdio: 'ignore' }), 'close');
    times.push(performance.now() - started);
  }
  return median(times);
}
