import type { Step } from '@maestro/domain';
import { commitFixture, done, type CommitFixture } from '../testing/commit-fixture.js';

let fixture: CommitFixture;

beforeAll(async () => {
  fixture = await commitFixture();
});
afterAll(() => fixture.stop());

const loop: Step = {
  kind: 'foreach',
  id: 'each',
  params: { loop_params: { type: 'MAP', value: { n: { type: 'LONG_ARRAY', value: [7n] } } } },
  steps: [{ kind: 'step', id: 'inner', type: 'Echo' }],
};

it('an iteration is decided by a replica that remembers its parent from before the loop', async () => {
  const [first, second] = [fixture.replica(), fixture.replica()];
  const before: Step = { kind: 'step', id: 'before', type: 'Echo', transition: { successors: { each: 'true' } } };
  const { runKey } = await first.start({ id: 'stale', steps: [before, loop] }, 'r');
  await second.event(runKey, done({ ordinal: 0, attempt: 1, dispatch: 1 }));
  const task = second.sent.at(-1);
  if (task === undefined || task.runKey === runKey) throw new Error('the iteration was not dispatched');
  expect(await first.event(task.runKey, done(task))).toBe('accepted');
});
