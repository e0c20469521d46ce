import type { PlanStep, StepState } from '@maestro/engine';
import type { Param } from '@maestro/domain';
import { chosenPool, poolOf, unservedLabels } from './step-pool.js';

const GPU = { withLabels: (labels: readonly string[]) => (labels.join() === 'eu,gpu' ? 'gpu-eu' : undefined) };
const param = (evaluatedResult: Param['evaluatedResult']): Param => ({ evaluatedResult }) as unknown as Param;
const step = (params: Record<string, Param>): StepState => ({ params }) as unknown as StepState;
const run = (params: Record<string, Param> = {}) => ({ params });

test('a step that chooses nothing goes to the pool of its plan', () => {
  expect(chosenPool(step({}), run(), GPU)).toBeUndefined();
  expect(poolOf({ pool: 'default' } as PlanStep, step({}), run(), GPU)).toBe('default');
});

test('a pool by name; the step before its run', () => {
  const chosen = step({ executor_pool: param(' ml ') });
  expect(chosenPool(chosen, run({ executor_pool: param('ads') }), GPU)).toBe('ml');
  expect(chosenPool(step({}), run({ executor_pool: param('ads') }), GPU)).toBe('ads');
  expect(chosenPool(step({ executor_pool: param('') }), run(), GPU)).toBeUndefined();
});

test.each([[param('gpu, eu')], [param(['gpu', 'eu', 'gpu'])]])('a pool by labels, in any order', (labels) => {
  expect(chosenPool(step({ executor_labels: labels }), run(), GPU)).toBe('gpu-eu');
});

test('labels that nobody has are a name to wait under', () => {
  const pool = chosenPool(step({ executor_labels: param(['tpu', 'eu']) }), run(), GPU);
  expect(unservedLabels(pool ?? '')).toEqual(['eu', 'tpu']);
  expect(unservedLabels('default')).toBeUndefined();
});

test('once dispatched, the pool stays what it was', () => {
  const dispatched = { ...step({}), pool: 'gpu-eu', dispatchedAt: 1 } as StepState;
  expect(poolOf({ pool: 'default' } as PlanStep, dispatched, run(), GPU)).toBe('gpu-eu');
});
