import type { Workflow } from '@maestro/domain';
import type { RunChange } from '../decision.js';
import { applyChange } from '../run-state.js';
import { SimulatedRun, START } from '../testing/simulated-run.js';
import { grantPermits, startsAtOnce, type RequestPermits } from './grant-permits.js';

const script = { script: { type: 'STRING', value: 'run' } } as const;
const workflow: Workflow = {
  id: 'w',
  steps: [
    { kind: 'step', id: 'a', type: 'Shell', params: script, timeout: '1 min' },
    { kind: 'step', id: 'b', type: 'Shell', params: script },
    { kind: 'step', id: 'nap', type: 'Sleep' },
    { kind: 'step', id: 'nothing', type: 'NoOp' },
  ],
};

const empty = (run: SimulatedRun): SimulatedRun['state'] => ({
  ...run.state,
  steps: new Map(),
  joins: new Map(),
  underWay: new Set(),
});

describe('grantPermits', () => {
  it('comes to what a decision about the grant would come to', () => {
    const run = new SimulatedRun(workflow, { limited: ['maestro_w'] });
    const before = empty(run);
    const { change, commands } = run.decide([{ type: 'run-launched', at: START }]);
    if (change === undefined) throw new Error('the launch changes something');
    const asked = commands.filter((command): command is RequestPermits => command.type === 'request-permits');
    expect(asked.map(({ stepId, ordinal }) => [stepId, startsAtOnce(run.plan, { ordinal })])).toEqual([
      ['a', true],
      ['b', true],
      ['nap', false],
      ['nothing', false],
    ]);
    const inPlace = grantPermits(run.plan, { change, commands }, asked.slice(0, 1), START);
    const later = run.decide([{ type: 'permits-granted', at: START, ordinal: 0, attempt: 1 }]);
    const step = ({ steps }: RunChange): unknown => steps.find(({ ordinal }) => ordinal === 0);
    expect(step(inPlace.change)).toEqual(step(later.change ?? change));
    expect(inPlace.commands).toEqual([...asked.slice(1), ...later.commands]);
    expect(inPlace.change.dueAt).toBe(later.change?.dueAt);
    const { header } = applyChange(before, inPlace.change, run.plan);
    expect(header).toEqual(run.state.header);
  });

  it('leaves everything as it is when nothing was granted', () => {
    const run = new SimulatedRun(workflow, { limited: ['maestro_w'] });
    const { change, commands } = run.decide([{ type: 'run-launched', at: START }]);
    if (change === undefined) throw new Error('the launch changes something');
    expect(grantPermits(run.plan, { change, commands }, [], START)).toEqual({ change, commands });
  });
});
