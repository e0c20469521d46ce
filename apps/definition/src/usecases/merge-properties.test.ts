import type { Properties } from '@maestro/domain';
import { mergeOnPush, mergeOnUpdate } from './merge-properties.js';

const BEFORE: Properties = {
  owner: { name: 'ada' },
  runStrategy: { rule: 'PARALLEL', workflowConcurrency: 3 },
  stepConcurrency: 7,
  alerting: { emails: ['a@b.c'] },
  description: 'old',
  tags: [{ name: 'dynamic' }],
};

test('a push resets run strategy, step concurrency and alerting when it does not name them', () => {
  expect(mergeOnPush(BEFORE, {})).toEqual({ owner: { name: 'ada' }, description: 'old', tags: [{ name: 'dynamic' }] });
  expect(mergeOnPush(BEFORE, { stepConcurrency: 9 })).toMatchObject({ stepConcurrency: 9 });
});

test('an update leaves what it does not name', () => {
  expect(mergeOnUpdate(BEFORE, { description: 'new' })).toEqual({ ...BEFORE, description: 'new' });
});

test('reset flags go back to the default', () => {
  const { runStrategy: _rule, stepConcurrency: _steps, ...rest } = BEFORE;
  expect(mergeOnUpdate(BEFORE, { resetRunStrategyRule: true, resetStepConcurrency: true })).toEqual(rest);
});

test('resetting the concurrency makes PARALLEL run 20 at once, and leaves every other rule alone', () => {
  const reset = { resetWorkflowConcurrency: true };
  expect(mergeOnUpdate(BEFORE, reset).runStrategy).toEqual({ rule: 'PARALLEL', workflowConcurrency: 20 });
  const first: Properties = { runStrategy: { rule: 'FIRST_ONLY', workflowConcurrency: 1 } };
  expect(mergeOnUpdate(first, reset)).toEqual(first);
});
