import { AttemptOutcome } from '@maestro/proto/maestro/scheduler/v1/attempt';
import { waitUntil } from '@maestro/testing';
import { encodeExactJson } from '@maestro/wire';
import { startBench, type ExecutorBench } from './testing/executor-bench.js';

let bench: ExecutorBench;

beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.stop());

async function runningTask() {
  const task = bench.scheduler.task({ stepType: 'Shell', paramsJson: encodeExactJson({ script: 'sleep 60' }) });
  await bench.scheduler.dispatch([task]);
  await waitUntil(async () => (await bench.client.getStatus({})).freeSlots === 15);
  return task;
}

it('an executor without a lease for five seconds stops what runs and takes no work until it has one', async () => {
  const task = await runningTask();
  await bench.scheduler.vanish();
  await waitUntil(async () => (await bench.client.getStatus({})).freeSlots === 0, { timeoutMs: 15_000 });
  bench.scheduler.listen();
  const result = await waitUntil(() => bench.scheduler.results(task)[0], { timeoutMs: 15_000 });
  expect(result.outcome).toBe(AttemptOutcome.PLATFORM_ERROR);
  await waitUntil(async () => (await bench.client.getStatus({})).freeSlots === 16, { timeoutMs: 15_000 });
});

it('an executor whose lease had expired stops what runs and comes back as a new incarnation', async () => {
  const task = await runningTask();
  const before = bench.scheduler.leases.at(-1);
  bench.scheduler.renews = false;
  const result = await waitUntil(() => bench.scheduler.results(task)[0]);
  expect(result.outcome).toBe(AttemptOutcome.PLATFORM_ERROR);
  bench.scheduler.renews = true;
  await waitUntil(() => (bench.scheduler.leases.at(-1)?.incarnation ?? 0n) > (before?.incarnation ?? 0n));
});

it('a drain tells the scheduler at once and reports what it had to stop', async () => {
  const task = await runningTask();
  await bench.stopExecutor();
  expect(bench.scheduler.leases.at(-1)?.draining).toBe(true);
  expect(bench.scheduler.results(task)).toEqual([
    expect.objectContaining({ outcome: AttemptOutcome.PLATFORM_ERROR, message: 'executor drained' }),
  ]);
});
