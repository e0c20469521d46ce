import { leavesOf } from '../loop/rollup.js';
import type { Plan } from '../plan.js';
import type { LoopState, StepState } from '../state.js';
import { runsUnderWay } from './runs-under-way.js';

const PLAN = { nested: [{ ordinal: 0 }, { ordinal: 1 }, { ordinal: 2 }] } as unknown as Plan;
const LOOP: LoopState = {
  runId: 1,
  total: 9,
  next: 5,
  running: [2, 4],
  ended: { SUCCEEDED: 3 },
  rollup: { SUCCEEDED: 6 },
};
const CHILD = { workflowId: 'below', instanceId: 7, runId: 1, version: 1 };

const steps = (...states: Partial<StepState>[]): ReadonlyMap<number, StepState> =>
  new Map(states.map((state, ordinal) => [ordinal, { ordinal, status: 'RUNNING', times: {}, ...state } as StepState]));

test('iterations and subworkflows go on until they or the steps that started them have ended', () => {
  const going = steps({ loop: LOOP }, { child: CHILD }, {});
  expect(runsUnderWay(PLAN, { steps: going })).toEqual([
    { ordinal: 0, instances: [3n, 5n] },
    { ordinal: 1, instances: [7n] },
  ]);
  const ended = steps({ loop: { ...LOOP, running: [] } }, { child: { ...CHILD, status: 'FAILED' } });
  expect(runsUnderWay(PLAN, { steps: ended })).toEqual([]);
  // A subworkflow that nobody waits for goes on without being a part of the run.
  expect(runsUnderWay(PLAN, { steps: steps({}, { child: CHILD, times: { end: 5 } }) })).toEqual([]);
});

test('leaf steps are those of ended and running runs; a step that nothing is known below is one itself', () => {
  const state = steps({ loop: LOOP }, { child: CHILD }, { loop: { ...LOOP, rollup: {} } });
  const count = (underWay?: ReadonlyMap<number, object>) =>
    leavesOf({ RUNNING: 3, SKIPPED: 1 }, PLAN, (ordinal) => state.get(ordinal), underWay);
  expect(count()).toEqual({ RUNNING: 2, SKIPPED: 1, SUCCEEDED: 6 });
  const below = new Map([
    [0, { RUNNING: 2, SUCCEEDED: 1 }],
    [1, { STARTING: 1 }],
    [2, {}],
  ]);
  expect(count(below)).toEqual({ RUNNING: 3, SKIPPED: 1, SUCCEEDED: 7, STARTING: 1 });
});
