import type { Workflow } from '@maestro/domain';
import { postgresExecutorLeases } from '../adapters/postgres/executor-leases.js';
import { postgresRunReader } from '../adapters/postgres/run-reader.js';
import { postgresWaitReader } from '../adapters/postgres/wait-reader.js';
import { NOW, storedRuns, type StoredRuns, type TestRun } from '../testing/stored-runs.js';
import { explain, type ExplainDeps } from '../usecases/explain-run.js';

let runs: StoredRuns;
let deps: ExplainDeps;

beforeAll(async () => {
  runs = await storedRuns();
  deps = {
    reader: postgresRunReader(runs.pool),
    waits: postgresWaitReader(runs.pool),
    definitions: runs.definitions,
    // Leases are kept by Postgres' clock, which is the real one.
    now: () => Date.now(),
  };
});
afterAll(() => runs.stop());

function chain(id: string): Workflow {
  const script = { type: 'STRING', value: 'true' } as const;
  return {
    id,
    steps: [
      { kind: 'step', id: 'work', type: 'Shell', params: { script }, transition: { successors: { after: 'true' } } },
      { kind: 'step', id: 'after', type: 'NoOp' },
    ],
  };
}

const why = async (workflowId: string, instanceId: bigint, stepId = '') =>
  (await explain(deps, { workflowId, instanceId, runId: 0n }, stepId)).explained;

async function launched(id: string, workflowKey: bigint, room = true): Promise<TestRun> {
  const run = await runs.start(chain(id), { workflowKey, instanceId: 1n });
  await run.apply({ type: 'run-launched', at: NOW }, { room });
  return run;
}

const WORK = { ordinal: 0, attempt: 1, dispatch: 1 };

test('a queued run names its place, the limit and who runs', async () => {
  await launched('queued', 1n);
  await runs.start(chain('queued'), { workflowKey: 1n, instanceId: 2n, at: NOW + 1 });
  await runs.start(chain('queued'), { workflowKey: 1n, instanceId: 3n, at: NOW + 2 });
  await runs.queue(1n, { running: 1, queued: 2 });
  const [held, ...more] = await why('queued', 3n);
  expect(more).toEqual([]);
  expect(held).toMatchObject({ kind: 'RUN_STRATEGY', since: NOW + 2 });
  expect(held?.message).toBe(
    'It is number 2 of 2 in the queue: SEQUENTIAL lets 1 run at once, and 1 run: instance 1 run 1.',
  );
});

test('a queue that is paused, or held by failures, says so and how to go on', async () => {
  await runs.queue(1n, { paused: true, rule: 'STRICT_SEQUENTIAL', blockingFailed: 1 });
  await runs.pool.query('update run set blocking = true where workflow_key = 1 and instance_id = 1');
  const explained = await why('queued', 2n);
  expect(explained.map(({ remedy }) => remedy)).toEqual([
    'Somebody has to resume the workflow.',
    'Unblock the workflow, or restart what failed.',
    'It starts when those before it have ended; to have it earlier, stop some.',
  ]);
  expect(explained[1]?.message).toContain('1 failed: instance 1 run 1.');
});

test('without an executor for a step, the pool is named and what there is', async () => {
  await launched('alone', 2n);
  const [work, after] = await why('alone', 1n);
  expect(work).toMatchObject({ kind: 'WORKER', stepId: 'work', since: NOW });
  expect(work?.message).toBe('Pool default has no executor that is alive, nor has any other pool.');
  expect(after).toMatchObject({ kind: 'PREDECESSOR', stepId: 'after' });
  expect(after?.message).toContain('work (');
  const lease = { incarnation: 1n, slots: 4, freeSlots: 3, draining: false, labels: ['gpu'], address: 'here:1' };
  const leases = postgresExecutorLeases(runs.pool);
  await leases.renew({ ...lease, executorId: 'gpu-1', pool: 'gpu', stepTypes: ['Shell'] });
  expect((await why('alone', 1n, 'work'))[0]?.message).toContain('gpu-1 (pool gpu, 3 of 4 slots free, takes Shell)');
  await leases.renew({ ...lease, executorId: 'http-1', pool: 'default', stepTypes: ['Http'] });
  expect((await why('alone', 1n, 'work'))[0]?.message).toContain(
    'No executor of pool default takes steps of type Shell',
  );
  await leases.renew({ ...lease, executorId: 'sh-1', pool: 'default', stepTypes: ['Shell'] });
  const [queued] = await why('alone', 1n, 'work');
  expect(queued?.message).toContain('Executors of pool default that take Shell: 1, with 3 of 4 slots free');
});

test('an attempt that waits for room says behind how many', async () => {
  const run = await launched('full', 3n, false);
  const insert = `insert into ready (pool, tenant, since, run_key, ordinal, attempt, dispatch) values ('default', 'default', $1, $2, 0, 1, 1)`;
  await runs.pool.query(insert, [NOW - 5, 1n]);
  await runs.pool.query(insert, [NOW + 7, run.runKey]);
  const [work] = await why('full', 1n, 'work');
  expect(work).toMatchObject({ kind: 'WORKER', since: NOW + 7 });
  expect(work?.message).toContain('as number 2.');
});

test('an attempt that is executed names its executor, and whether that is alive', async () => {
  const run = await launched('held', 4n);
  await run.apply({ type: 'attempt-claimed', at: NOW + 3, ...WORK, executorId: 'sh-1' });
  expect((await why('held', 1n, 'work'))[0]).toMatchObject({ kind: 'EXECUTION' });
  expect((await why('held', 1n, 'work'))[0]?.message).toContain('It is at here:1');
  await runs.pool.query(`update executor set expires_at = 1 where executor_id = 'sh-1'`);
  expect((await why('held', 1n, 'work'))[0]?.message).toContain('its lease has run out');
});

test('a failed attempt says when the next one follows, and what of its retries is used', async () => {
  const run = await launched('again', 5n);
  await run.apply({ type: 'attempt-ended', at: NOW + 3, ...WORK, outcome: 'PLATFORM_ERROR', timeline: [] });
  const [work] = await why('again', 1n, 'work');
  expect(work).toMatchObject({ kind: 'TIME', since: NOW + 3 });
  expect(work?.until).toBeGreaterThan(NOW + 3);
  expect(work?.message).toMatch(/Attempt 1 is PLATFORM_FAILED.*0 of \d+ platform retries/);
});

test('a parked run tells its error, and an ended one that it has ended', async () => {
  const run = await launched('parked', 6n);
  await runs.pool.query(`update run set parked_reason = 'the params do not fit' where run_key = $1`, [run.runKey]);
  const [parked] = await why('parked', 1n);
  expect(parked).toMatchObject({ kind: 'PARKED' });
  expect(parked?.message).toContain('the params do not fit');
  const other = await launched('ended', 7n);
  await other.apply({ type: 'attempt-ended', at: NOW + 1, ...WORK, outcome: 'DONE', timeline: [] });
  expect(await why('ended', 1n)).toMatchObject([{ kind: 'NOTHING', message: 'The run has ended SUCCEEDED.' }]);
  expect(await why('ended', 1n, 'after')).toMatchObject([{ message: 'Attempt 1 has ended SUCCEEDED.' }]);
});
