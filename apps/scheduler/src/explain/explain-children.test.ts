import type { StepState } from '@maestro/engine';
import { explainChildren } from './explain-children.js';

const header = { workflowKey: 7n, workflowId: 'w', instanceId: 2n, initiator: { type: 'MANUAL' } } as const;
const loop: NonNullable<StepState['loop']> = { runId: 1, next: 9, running: [0, 4, 5, 8], ended: {}, rollup: {} };

it('names the first iterations under way', () => {
  const { remedy = '' } = explainChildren(header, { id: 'each', runs: 'foreach' }, { loop });
  expect(remedy).toMatch(
    /^Explain one of the iterations under way: maestro explain (maestro_foreach_\w+)\/1, \1\/5, \1\/6\.$/,
  );
});

it('names the run of a subworkflow', () => {
  const child = { workflowId: 'below', instanceId: 4, runId: 1, version: 1 };
  expect(explainChildren(header, { id: 'call', runs: 'subworkflow' }, { child })).toEqual({
    remedy: 'Explain that run: maestro explain below/4.',
  });
});

it('has nothing to add where no run is known yet', () => {
  expect(explainChildren(header, { id: 'call', runs: 'subworkflow' }, {})).toEqual({});
  expect(explainChildren(header, { id: 'each', runs: 'while' }, { loop: { ...loop, running: [] } })).toEqual({});
});
