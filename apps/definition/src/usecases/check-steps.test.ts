import type { Step } from '@maestro/domain';
import { checkSteps, checkWorkflowParams } from './check-steps.js';
import { staticParams } from './static-params.js';

test('a step that lacks what its type requires is found, also in the body of a loop', () => {
  const bare: Step = { kind: 'step', id: 'bare', type: 'Shell' };
  const loop: Step = { kind: 'foreach', id: 'loop', steps: [bare] };
  const paths = checkSteps([bare, loop], 'workflow.steps').map(({ path }) => path);
  expect(paths).toEqual([
    'workflow.steps[0].step.params.script',
    'workflow.steps[1].foreach.steps[0].step.params.script',
  ]);
});

test('a param that may not be changed as the definition does is found', () => {
  const params = { script: { type: 'STRING', value: 'x', internalMode: 'RESERVED' } } as const;
  const [violation] = checkSteps([{ kind: 'step', id: 'sly', type: 'Shell', params }], 'workflow.steps');
  expect(violation?.path).toMatch(/^workflow\.steps\[0\]\.step\.params\.script/);
});

test('params that the system keeps for itself are found, of workflows and of steps', () => {
  const mine = { type: 'STRING', value: 'x' } as const;
  const loop: Step = { kind: 'foreach', id: 'loop', steps: [], params: { loop_index: { type: 'LONG', value: 1n } } };
  expect(checkWorkflowParams({ id: 'w', steps: [], params: { owner: mine } }, 'workflow')).toMatchObject([
    { path: 'workflow.params.owner', message: expect.stringContaining('reserved') as string },
  ]);
  const step: Step = { kind: 'step', id: 's', type: 'NoOp', params: { step_id: mine } };
  expect(checkSteps([step, loop], 'workflow.steps').map(({ path }) => path)).toEqual([
    'workflow.steps[0].step.params.step_id',
    'workflow.steps[1].foreach.params.loop_index',
  ]);
});

test('static params are those of the definition over the defaults of the step types', () => {
  const script = { type: 'STRING', value: 'echo' } as const;
  const steps: Step[] = [{ kind: 'step', id: 'run', type: 'Shell', params: { script } }];
  const { stepParams, workflowParams } = staticParams({ id: 'w', steps, params: { p: { type: 'LONG', value: 1n } } });
  expect(stepParams['run']).toMatchObject({ script: { value: 'echo' }, interpreter: { value: 'sh' } });
  expect(stepParams['run']).toHaveProperty('step_id');
  expect(workflowParams).toMatchObject({
    p: { value: 1n, source: 'DEFINITION' },
    RUN_TS: { source: 'SYSTEM_DEFAULT' },
  });
});
