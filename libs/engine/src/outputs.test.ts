import type { ParamDefinitions, Params } from '@maestro/domain';
import { createCompiler, PRESETS } from '@maestro/sel';
import { stepType } from '@maestro/steps';
import { compilePlan } from './compile-plan.js';
import { createRun } from './create-run.js';
import { applyOutputs, type OutputsApplied } from './outputs.js';
import { newAttempt } from './working-step.js';

const params: Params = {
  n: {
    definition: { type: 'LONG', value: 1n, validator: '@Sel("value <= highest && step_attempt_id == 1")' },
    evaluatedResult: 1n,
  },
  keep: { definition: { type: 'LONG', value: 1n }, evaluatedResult: 1n },
};

function apply(outputs: ParamDefinitions): OutputsApplied {
  const workflow = {
    id: 'w',
    params: { highest: { type: 'LONG', value: 9n } },
    steps: [{ kind: 'step', id: 'a', type: 'Echo' }],
  } as const;
  const compiler = createCompiler({ cacheSize: 10 });
  const plan = compilePlan({ workflowKey: 9n, version: 3n, workflow, compiler, stepType });
  const start = { initiator: { type: 'MANUAL' }, requestId: 'r1' } as const;
  const created = createRun(plan, { runKey: 7n, instanceId: 4n, runId: 1n, tenant: 't', at: 500, start }, PRESETS.FULL);
  if (created.kind !== 'created') throw new Error(created.kind);
  const step = { ...newAttempt(0, 1, 500), params };
  return applyOutputs({ plan, header: created.header, step: () => step }, step, outputs, 9);
}

describe('applyOutputs', () => {
  test('puts outputs over the params of the step; what is not returned stays', () => {
    expect(apply({ n: { type: 'LONG', value: 5n } })).toMatchObject({
      params: { n: { evaluatedResult: 5n, evaluatedTime: 9, definition: { source: 'OUTPUT_PARAMETER' } } },
    });
  });

  test('lets validators see the params of the workflow', () => {
    expect(apply({ n: { type: 'LONG', value: 10n } })).toMatchObject({
      kind: 'error',
      message: expect.stringContaining('output params: n is refused by its validator value <= highest') as string,
    });
  });

  test('of nothing change nothing', () => {
    expect(apply({})).toEqual({ kind: 'params', params });
  });
});
