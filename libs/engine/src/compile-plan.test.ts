import type { Workflow } from '@maestro/domain';
import { createCompiler } from '@maestro/sel';
import { stepType } from '@maestro/steps';
import { compilePlan } from './compile-plan.js';

const compiler = createCompiler({ cacheSize: 10 });
const compile = (workflow: Workflow) => compilePlan({ workflowKey: 9n, version: 3n, workflow, compiler, stepType });

describe('compilePlan', () => {
  test('turns ids into ordinals, and transitions into edges in both directions', () => {
    const plan = compile({
      id: 'w',
      steps: [
        { kind: 'step', id: 'a', type: 'noop', transition: { successors: { c: ' true ', b: 'x > 1' } } },
        { kind: 'step', id: 'b', type: 'Shell', transition: { successors: { c: 'true' } } },
        { kind: 'step', id: 'c', type: 'SLEEP' },
      ],
    });
    expect(plan.roots).toEqual([0]);
    expect(plan.steps.map(({ type, runs, predecessors }) => [type, runs, predecessors])).toEqual([
      ['NoOp', 'noop', []],
      ['Shell', 'dispatched', [0]],
      ['Sleep', 'sleep', [0, 1]],
    ]);
    expect(plan.steps[0]?.successors).toEqual([
      { to: 2, condition: 'true' },
      { to: 1, condition: 'x > 1' },
    ]);
  });

  test('puts the params of a step over the defaults of its type', () => {
    const [sleep] = compile({ id: 'w', steps: [{ kind: 'step', id: 'a', type: 'Sleep' }] }).steps;
    expect(sleep?.params['sleep_seconds']).toMatchObject({ value: 3n, source: 'SYSTEM_DEFAULT' });
    const params = { sleep_seconds: { type: 'LONG', value: 5n } } as const;
    const [own] = compile({ id: 'w', steps: [{ kind: 'step', id: 'a', type: 'Sleep', params }] }).steps;
    expect(own?.params['sleep_seconds']).toMatchObject({ value: 5n, source: 'DEFINITION' });
  });

  test('gives loops, sub-workflows, templates and types that come later a place', () => {
    const plan = compile({
      id: 'w',
      steps: [
        { kind: 'foreach', id: 'loop', steps: [] },
        { kind: 'subworkflow', id: 'sub' },
        { kind: 'template', id: 'template' },
        { kind: 'step', id: 'later', type: 'Titus' },
      ],
    });
    expect(plan.steps.map(({ runs }) => runs)).toEqual(['foreach', 'subworkflow', 'unsupported', 'unsupported']);
    expect(plan.steps[0]?.body).toMatchObject({ body: ['loop'], steps: [] });
    expect(plan.steps[0]?.type).toBe('foreach');
  });

  test('takes the pool that is chosen for a step', () => {
    const steps = [
      { kind: 'step', id: 'a', type: 'Shell' },
      { kind: 'foreach', id: 'b', steps: [] },
    ] as const;
    const poolOf = (): string => 'gpu';
    const plan = compilePlan({
      workflowKey: 9n,
      version: 3n,
      workflow: { id: 'w', steps },
      compiler,
      stepType,
      poolOf,
    });
    expect(plan.steps.map(({ pool }) => pool)).toEqual(['gpu', 'default']);
  });

  test('refuses an edge to a step that is not there', () => {
    const transition = { successors: { nowhere: 'true' } };
    expect(() => compile({ id: 'w', steps: [{ kind: 'step', id: 'a', type: 'NoOp', transition }] })).toThrow(
      'step a leads to nowhere, which is not a step of the workflow',
    );
  });
});
