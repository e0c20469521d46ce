import { setTimeout as delay } from 'node:timers/promises';
import { expectCounts } from '../load/expect-counts.js';
import { foreachOf } from '../load/loops.js';
import { startMessage } from '../load/start.js';
import { push } from '../load/workflows.js';
import { MemoryWatch } from '../machine/memory-watch.js';
import type { PreparedWork, Sample, Work, WorkContext } from './work.js';

const LOOK_MS = 5;

interface FanOut {
  /** Also the prefix of its figures. */
  readonly name: string;
  readonly type: string;
  readonly iterations: number;
  readonly targetSeconds: number;
  readonly samples: number;
  readonly title: string;
  /** Set when the scheduler's memory is a figure, too. */
  readonly targetMegabytes?: number;
}

/** fanOut measures one run of one foreach: seconds from the start call until the run is stored as ended. */
export function fanOut(options: FanOut): Work {
  const { name, targetSeconds, targetMegabytes, title, samples } = options;
  const seconds = { key: name, unit: 's', target: targetSeconds, better: 'less' as const, title };
  const memory = (target: number) => ({
    key: `${name}.mem`,
    unit: 'MB',
    target,
    better: 'less' as const,
    title: `${title}: growth of the scheduler's memory at its highest`,
  });
  return {
    name,
    figures: [seconds, ...(targetMegabytes === undefined ? [] : [memory(targetMegabytes)])],
    samples,
    timeLimitMs: 300_000,
    settings: {},
    prepare: (context) => prepareFanOut(context, options),
  };
}

async function prepareFanOut(context: WorkContext, options: FanOut): Promise<PreparedWork> {
  const { name, iterations, type, targetMegabytes } = options;
  const { clients, maestro } = context;
  const id = `bench-${name.toLowerCase()}`;
  const { key } = await push(clients, foreachOf(id, iterations, type));
  return {
    warmUp: async () => void (await oneRun(context, id, key)),
    sample: async () => {
      const after = await clients.database.lastRunKey();
      const memory = new MemoryWatch(maestro.services()['scheduler'] ?? 0);
      const seconds = await oneRun(context, id, key);
      const megabytes = memory.stop();
      const values = { [name]: seconds, ...(targetMegabytes === undefined ? {} : { [`${name}.mem`]: megabytes }) };
      const sample: Sample = { values, steps: iterations };
      const all = { SUCCEEDED: iterations + 1 };
      await expectCounts(clients.database, { workflowKeys: [key], after }, { runs: all, steps: all });
      return sample;
    },
  };
}

async function oneRun({ clients, signal }: WorkContext, id: string, key: bigint): Promise<number> {
  const started = performance.now();
  const { workflowInstanceId } = await clients.scheduler.startWorkflow(startMessage(id), { signal });
  const runKey = await clients.database.runKeyOf(key, workflowInstanceId);
  while (!(await clients.database.hasEnded(runKey))) await delay(LOOK_MS, undefined, { signal });
  return (performance.now() - started) / 1_000;
}
