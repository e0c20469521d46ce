import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { AttemptOutcome, ReportVerdict } from '@maestro/proto/maestro/scheduler/v1/attempt';
import { waitUntil } from '@maestro/testing';
import { encodeExactJson } from '@maestro/wire';
import { Client } from 'pg';
import { startBench, type ExecutorBench } from './testing/executor-bench.js';

let bench: ExecutorBench;

beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.stop());
beforeEach(() => {
  bench.scheduler.verdict = () => ReportVerdict.ACCEPTED;
});

function shellTask(
  script: string,
  init: Partial<Pick<Task, 'dispatch' | 'timeoutMillis' | 'dispatchedAt'>> = {},
): Task {
  return bench.scheduler.task({ stepType: 'Shell', paramsJson: encodeExactJson({ script }), ...init });
}

async function resultOf(task: Task) {
  return waitUntil(() => bench.scheduler.results(task)[0], { describe: 'a result' });
}

/** Nothing is left of the task on its queue: it was acked. */
async function acked(): Promise<void> {
  await waitUntil(async () => (await bench.scheduler.pending()) === 0, { describe: 'an empty work queue' });
}

async function read(task: Task, follow: boolean): Promise<string> {
  let text = '';
  const { workflowId, workflowInstanceId, workflowRunId, stepId } = task;
  const request = { workflowId, workflowInstanceId, workflowRunId, stepId, follow };
  for await (const { data } of bench.client.readLog(request)) text += new TextDecoder().decode(data);
  return text;
}

it('an Echo step runs at once, is reported without a claim, acked, and leaves no row', async () => {
  const task = bench.scheduler.task({ paramsJson: encodeExactJson({ a: 1n }) });
  await bench.scheduler.dispatch([task]);
  const result = await resultOf(task);
  expect(result.outcome).toBe(AttemptOutcome.DONE);
  expect(new TextDecoder().decode(result.artifactsJson)).toBe('{"maestro_echo":{"a":1}}');
  expect(bench.scheduler.claims(task)).toHaveLength(0);
  await acked();
  const client = new Client({ connectionString: bench.database.url });
  await client.connect();
  const rows = await client.query('select 1 from executor.attempt_log where instance_id = $1', [
    task.workflowInstanceId,
  ]);
  await client.end();
  expect(rows.rowCount).toBe(0);
});

it('a thousand Echo steps are all reported, many in one request', async () => {
  const before = bench.scheduler.requests;
  const tasks = Array.from({ length: 1_000 }, () => bench.scheduler.task());
  await bench.scheduler.dispatch(tasks);
  await waitUntil(() => tasks.every((task) => bench.scheduler.results(task).length > 0));
  expect(bench.scheduler.requests - before).toBeLessThan(500);
  await acked();
});

it('a step that lasts is claimed after two seconds, and its log can be followed to its end', async () => {
  const task = shellTask('echo begin; sleep 2.5; echo end');
  await bench.scheduler.dispatch([task]);
  const log = read(task, true);
  const result = await resultOf(task);
  expect(result.outcome).toBe(AttemptOutcome.DONE);
  expect(result.endedAt - result.startedAt).toBeGreaterThanOrEqual(2_400n);
  expect(bench.scheduler.claims(task)).toHaveLength(1);
  expect(await log).toMatch(/^begin\nattempt .* runs on executor .*\nend\n$/);
  await acked();
});

it('a re-dispatched step claims before it runs, and is dropped when somebody else holds it', async () => {
  bench.scheduler.verdict = () => ReportVerdict.HELD;
  const task = shellTask('echo never', { dispatch: 2 });
  await bench.scheduler.dispatch([task]);
  await waitUntil(() => bench.scheduler.claims(task).length === 1);
  await acked();
  expect(bench.scheduler.results(task)).toHaveLength(0);
  await expect(read(task, false)).rejects.toMatchObject({ code: 'LOG_NOT_FOUND' });
});

it('a step that may not run yet is delivered again and claims again', async () => {
  let asked = 0;
  bench.scheduler.verdict = () => ((asked += 1) === 1 ? ReportVerdict.LATER : ReportVerdict.ACCEPTED);
  const task = shellTask('true', { dispatchedAt: BigInt(Date.now() - 60_000) });
  await bench.scheduler.dispatch([task]);
  expect((await resultOf(task)).outcome).toBe(AttemptOutcome.DONE);
  expect(bench.scheduler.claims(task)).toHaveLength(2);
  await acked();
});

it('a report whose answer is lost is sent again', async () => {
  let asked = 0;
  bench.scheduler.verdict = () => ((asked += 1) === 1 ? 'silence' : ReportVerdict.ACCEPTED);
  const task = bench.scheduler.task();
  await bench.scheduler.dispatch([task]);
  await waitUntil(() => bench.scheduler.results(task).length === 2);
  await acked();
});

it('a cancel stops the process and is confirmed', async () => {
  const task = shellTask('sleep 60');
  await bench.scheduler.dispatch([task]);
  await waitUntil(async () => (await bench.client.getStatus({})).freeSlots === 15);
  bench.scheduler.cancel(task);
  expect((await resultOf(task)).outcome).toBe(AttemptOutcome.CANCELLED);
  expect((await bench.client.getStatus({})).freeSlots).toBe(16);
});

it('a timeout stops the process', async () => {
  const task = shellTask('sleep 60', { timeoutMillis: 300n });
  await bench.scheduler.dispatch([task]);
  expect((await resultOf(task)).outcome).toBe(AttemptOutcome.TIMED_OUT);
});

it('a failing script tells why, and its log can be read afterwards', async () => {
  const task = shellTask('echo "no such table" >&2; exit 4');
  await bench.scheduler.dispatch([task]);
  const result = await resultOf(task);
  expect(result.outcome).toBe(AttemptOutcome.USER_ERROR);
  expect(result.message).toContain('exit code 4:\nno such table');
  expect(await waitUntil(() => read(task, false))).toBe('no such table\n');
});

it('a NATS server that loses everything in mid-work gets its queues back', async () => {
  await bench.nats.restart({ wipe: true });
  const task = bench.scheduler.task();
  await waitUntil(() => bench.scheduler.dispatch([task]).then(() => true), { timeoutMs: 20_000 });
  expect((await waitUntil(() => bench.scheduler.results(task)[0], { timeoutMs: 30_000 })).outcome).toBe(
    AttemptOutcome.DONE,
  );
});

it('metrics tell slots, attempts and reports', async () => {
  const response = await fetch(`http://127.0.0.1:${bench.metricsPort}/metrics`);
  const text = await response.text();
  expect(text).toMatch(/maestro_executor_slots_free\S* 16/);
  expect(text).toMatch(/maestro_executor_attempts\S*type="Echo",outcome="DONE"/);
});
