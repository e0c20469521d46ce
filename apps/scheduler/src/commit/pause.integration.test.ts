import type { RunKey, Workflow } from '@maestro/domain';
import type { EngineEvent } from '@maestro/engine';
import { commitFixture, done, type CommitFixture } from '../testing/commit-fixture.js';

let fixture: CommitFixture;
beforeAll(async () => {
  fixture = await commitFixture();
});
afterAll(() => fixture.stop());

const LOOP: Workflow = {
  id: 'looped',
  steps: [
    {
      kind: 'foreach',
      id: 'each',
      params: { loop_params: { type: 'MAP', value: { i: { type: 'LONG_ARRAY', value: [1n, 2n] } } } },
      steps: [
        { kind: 'step', id: 'first', type: 'Echo', transition: { successors: { second: 'true' } } },
        { kind: 'step', id: 'second', type: 'Echo' },
      ],
    },
  ],
};

async function query<T>(text: string, values: readonly unknown[]): Promise<T[]> {
  return (await fixture.pool.query(text, [...values])).rows as T[];
}

const childrenOf = async (runKey: RunKey): Promise<RunKey[]> => {
  const rows = await query<{ run_key: RunKey }>('select run_key from run where parent_run_key = $1 order by 1', [
    runKey,
  ]);
  return rows.map(({ run_key }) => run_key);
};
const statusOf = async (runKey: RunKey): Promise<string | undefined> =>
  (await query<{ status: string }>('select status from run where run_key = $1', [runKey]))[0]?.status;

test('a pause is left with the iterations under way in its own commit, and not with runs that wait in a queue', async () => {
  const replica = fixture.replica();
  const { runKey } = await replica.start(LOOP, 'pause-1');
  const children = await childrenOf(runKey);
  expect(children).toHaveLength(2);
  await query('update run set admitted = false where run_key = $1', [children[1]]);
  await replica.event(runKey, { type: 'pause-requested', at: Date.now(), by: 'ann', reason: 'night' });
  expect(await statusOf(runKey)).toBe('PAUSED');
  const left = await query<{ run_key: RunKey; type: string }>(
    "select run_key, event->>'type' as type from pending_action where run_key = any($1::bigint[])",
    [children],
  );
  expect(left).toEqual([{ run_key: children[0], type: 'pause-requested' }]);

  const [child = 0n] = children;
  const pause: EngineEvent = { type: 'pause-requested', at: Date.now(), by: 'ann', reason: 'night' };
  expect(await replica.event(child, pause)).toBe('accepted');
  const first = replica.sent.find((message) => message.runKey === child);
  if (first === undefined) throw new Error('the iteration has dispatched nothing');
  await replica.event(child, done(first));
  const steps = 'select ordinal, status from step where run_key = $1 order by 1';
  expect(await query(steps, [child])).toEqual([{ ordinal: 0, status: 'SUCCEEDED' }]);
  // Another replica knows what was held from the rows alone.
  const other = fixture.replica();
  await other.event(child, { type: 'resume-requested', at: Date.now(), by: 'ann', reason: '' });
  expect(await query(steps, [child])).toEqual([
    { ordinal: 0, status: 'SUCCEEDED' },
    { ordinal: 1, status: 'STARTING' },
  ]);
});

test('a breakpoint pauses attempts of iterations that are launched with their loop', async () => {
  const replica = fixture.replica();
  replica.breakpoints = [{ stepId: 'first', createdBy: 'ann', createTime: 5 }];
  const { runKey } = await replica.start({ ...LOOP, id: 'held' }, 'held-1', { workflowKey: 2n });
  const children = await childrenOf(runKey);
  const steps = await query('select status from step where run_key = any($1::bigint[])', [children]);
  expect(steps).toEqual([{ status: 'PAUSED' }, { status: 'PAUSED' }]);
});
