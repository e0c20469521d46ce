import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expectCounts } from '../load/expect-counts.js';
import { startMany } from '../load/start.js';
import { chainOf, MOST_PARALLEL, pushSeveral, type PushedWorkflow } from '../load/workflows.js';
import { residentBytes } from '../machine/process-tree.js';
import type { PreparedWork, Sample, Work, WorkContext } from './work.js';

const RUNS = 100_000;
const SLICE = 20_000;
const WORKFLOWS = RUNS / MOST_PARALLEL;
const MEGABYTE = 1_048_576;

/** What the cache may hold: reached after the first slices, so that what comes later shows whether it is kept to. */
const CACHE_MEGABYTES = 32;

/** From here on the cache is full whatever a run needs (32 MB are 800 bytes for each of 40,000 runs). */
const FULL_AFTER = 40_000;

const LOOK_MS = 100;
const SETTLE_MS = 2_000;

/** waitingRuns measures how the scheduler's memory grows while 100,000 runs come to wait; then it stops them all. */
export const waitingRuns: Work = {
  name: 'M',
  figures: [
    {
      key: 'M',
      unit: 'MB',
      target: CACHE_MEGABYTES,
      better: 'less',
      title: `scheduler memory, from ${FULL_AFTER} to ${RUNS} waiting runs`,
    },
  ],
  samples: 1,
  timeLimitMs: 420_000,
  settings: { MAESTRO_SCHEDULER_CACHE_MB: String(CACHE_MEGABYTES) },
  prepare: prepareWaiting,
};

async function prepareWaiting(context: WorkContext): Promise<PreparedWork> {
  const { clients } = context;
  const sleep = { sleep_seconds: { value: 3_600, type: 'LONG' } };
  const workflows = await pushSeveral(clients, WORKFLOWS, (suffix) => chainOf(`bench-m${suffix}`, 1, 'Sleep', sleep));
  return { warmUp: () => Promise.resolve(), sample: () => fillAndStop(context, workflows) };
}

async function fillAndStop(context: WorkContext, workflows: readonly PushedWorkflow[]): Promise<Sample> {
  const { clients, log } = context;
  const after = await clients.database.lastRunKey();
  const range = { workflowKeys: workflows.map(({ key }) => key), after };
  const memory = new Map<number, number>([[0, await look(context, 0)]]);
  for (let started = SLICE; started <= RUNS; started += SLICE) {
    await startMany(clients, workflows, SLICE, context.signal);
    memory.set(started, await look(context, started));
  }
  await expectCounts(clients.database, range, { runs: { IN_PROGRESS: RUNS }, steps: { RUNNING: RUNS } });
  const stopping = performance.now();
  await stopAll(context, workflows);
  log(`M: stopping ${RUNS} runs took ${((performance.now() - stopping) / 1_000).toFixed(1)} s`);
  await expectCounts(clients.database, range, { runs: { STOPPED: RUNS }, steps: { STOPPED: RUNS } });
  const growth = (memory.get(RUNS) ?? Number.NaN) - (memory.get(FULL_AFTER) ?? Number.NaN);
  return { values: { M: growth }, steps: RUNS };
}

/** look waits until garbage of the starts had time to go, and takes the resident memory in MB. */
async function look({ maestro, log, signal }: WorkContext, runs: number): Promise<number> {
  await delay(SETTLE_MS, undefined, { signal });
  const resident = residentBytes(maestro.services()['scheduler'] ?? 0) / MEGABYTE;
  const metrics = await (await fetch(`${maestro.run.services['scheduler']?.metrics}/metrics`, { signal })).text();
  const [heap, cache] = [gauge(metrics, 'process_heap_used_bytes'), gauge(metrics, 'maestro_cache_bytes')];
  log(
    `M: ${String(runs).padStart(6)} runs wait: ${resident.toFixed(0)} MB resident, ${heap} heap used, ${cache} in the cache`,
  );
  return resident;
}

/** A gauge of the Prometheus text, in MB. */
function gauge(metrics: string, name: string): string {
  const value = new RegExp(`^${name}(?:{[^}]*})? (\\S+)`, 'm').exec(metrics)?.[1];
  return value === undefined ? `(no metric ${name})` : `${(Number(value) / MEGABYTE).toFixed(0)} MB`;
}

async function stopAll({ clients, signal }: WorkContext, workflows: readonly PushedWorkflow[]): Promise<void> {
  for (const { id } of workflows) {
    await clients.scheduler.stopWorkflow({ requestId: randomUUID(), workflowId: id, reason: 'the benchmark is over' });
  }
  const keys = workflows.map(({ key }) => key);
  while (await clients.database.anyOpen(keys)) await delay(LOOK_MS, undefined, { signal });
}
