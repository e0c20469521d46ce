import type { RunKey, Workflow } from '@maestro/domain';
import { EVALUATION_REPEAT_MILLIS } from '@maestro/engine';
import { waitUntil } from '@maestro/testing';
import { commitFixture, done, type CommitFixture } from '../testing/commit-fixture.js';

let fixture: CommitFixture;
beforeAll(async () => {
  fixture = await commitFixture();
});
afterAll(() => fixture.stop());

/** Too much for the thread of the loop, little for a worker. */
const SLOW = 'v = 0; while (v < 12000) v += 1;';
/** Visits more nodes than any evaluation may. */
const HOSTILE = 'v = 0; while (v < 25000) { w = 0; while (w < 25000) w += 1; v += 1; } v';

function workflow(id: string, x: string, y = 'x + 1'): Workflow {
  const params = { y: { type: 'LONG', expression: y } } as const;
  return {
    id,
    params: { x: { type: 'LONG', expression: x } },
    steps: [{ kind: 'step', id: 'a', type: 'Echo', params }],
  };
}

async function run(runKey: RunKey): Promise<Record<string, unknown>> {
  const { rows } = await fixture.pool.query<Record<string, unknown>>(
    'select status, params, wake_at, progress from run where run_key = $1',
    [runKey],
  );
  return rows[0] ?? {};
}

async function statusBecomes(runKey: RunKey, status: string): Promise<void> {
  await waitUntil(async () => (await run(runKey))['status'] === status, { timeoutMs: 20_000 });
}

async function complaints(runKey: RunKey): Promise<string> {
  const { rows } = await fixture.pool.query<{ event: string }>('select event from timeline where run_key = $1', [
    runKey,
  ]);
  return JSON.stringify(rows.map(({ event }) => event));
}

test('a run whose params take long is stored first, and launched when a worker has evaluated them', async () => {
  const replica = fixture.replica();
  const { runKey, status } = await replica.start(workflow('slow', `${SLOW} v`), 'slow-1', { workflowKey: 11n });
  expect(status).toBe('CREATED');
  await waitUntil(() => replica.sent.length > 0);
  expect(JSON.stringify((await run(runKey))['params'])).toContain('12000');
  const [task] = replica.sent;
  if (task === undefined) throw new Error('nothing was sent');
  await replica.event(runKey, done(task));
  await statusBecomes(runKey, 'SUCCEEDED');
});

test('a run whose params burn the whole budget fails and names the param and the limit; others go on meanwhile', async () => {
  const replica = fixture.replica();
  const hostile = await replica.start(workflow('hostile', HOSTILE), 'hostile-1', { workflowKey: 12n });
  const quick = await Promise.all(
    [1, 2, 3].map((n) => replica.start(workflow('quick', `${SLOW} v + ${n}`), `quick-${n}`, { workflowKey: 13n })),
  );
  await waitUntil(() => replica.sent.length === quick.length);
  expect((await run(hostile.runKey))['status']).toBe('CREATED');
  await statusBecomes(hostile.runKey, 'FAILED');
  expect(await complaints(hostile.runKey)).toMatch(/params\.x.*limit \\+"visits/);
});

test('a step whose params burn the whole budget fails alike', async () => {
  const replica = fixture.replica();
  const { runKey } = await replica.start(workflow('step', '1', HOSTILE), 'step-1', { workflowKey: 14n });
  await statusBecomes(runKey, 'FAILED');
  expect(await complaints(runKey)).toMatch(/params of step a: y needs more.*limit \\+"visits/);
});

const nothing = (): Promise<never> => new Promise(() => undefined);

test('an evaluation that was lost in a crash is asked for again when its timer fires at another replica', async () => {
  const crashed = fixture.replica(1_000, { params: nothing, conditions: nothing, expression: nothing });
  const { runKey } = await crashed.start(workflow('lost', HOSTILE), 'lost-1', { workflowKey: 15n });
  const at = Number((await run(runKey))['wake_at']);
  expect(at).toBeGreaterThan(Date.now() + EVALUATION_REPEAT_MILLIS - 10_000);
  const other = fixture.replica();
  expect(await other.event(runKey, { type: 'run-launched', at: at + 1 })).toBe('accepted');
  await statusBecomes(runKey, 'FAILED');
});
