import type { Param } from '@maestro/domain';
import type { Plan } from '../plan.js';
import type { StepState } from '../state.js';
import { compareRuns, type RunSide } from './compare-runs.js';
import { stepStatusEvents, withStatusEvents } from './status-events.js';

/** a leads to b and c, which lead to d. */
const STEPS = [
  { ordinal: 0, id: 'a', predecessors: [] },
  { ordinal: 1, id: 'b', predecessors: [0] },
  { ordinal: 2, id: 'c', predecessors: [0] },
  { ordinal: 3, id: 'd', predecessors: [1, 2] },
];

function planOf(steps: readonly object[]): Plan {
  const ids = steps as readonly { id: string; ordinal: number }[];
  return { steps, ordinals: new Map(ids.map(({ id, ordinal }) => [id, ordinal])) } as unknown as Plan;
}

function attempt(ordinal: number, create: number, end?: number): [number, StepState] {
  const status = end === undefined ? 'RUNNING' : 'SUCCEEDED';
  return [ordinal, { ordinal, attempt: 1, status, times: { create, end } } as StepState];
}

const long = (value: bigint): Param => ({ definition: { type: 'LONG', value }, evaluatedResult: value });

const LEFT: RunSide = {
  plan: planOf(STEPS),
  header: { startTime: 100, endTime: 160 },
  params: { n: long(1n), same: long(5n), gone: long(2n) },
  steps: new Map([attempt(0, 100, 110), attempt(1, 110, 150), attempt(2, 110, 120), attempt(3, 150, 160)]),
};

test('the critical path goes from the last end back over the predecessor that was waited for', () => {
  const right = {
    ...LEFT,
    header: { startTime: 0 },
    steps: new Map([attempt(0, 0, 10), attempt(1, 10, 20), attempt(2, 10)]),
  };
  const compared = compareRuns(LEFT, right, 30);
  expect(compared.left).toEqual({ duration: 60, criticalPath: ['a', 'b', 'd'] });
  expect(compared.right).toEqual({ duration: 30, criticalPath: ['a', 'c'] });
});

test('what an earlier run did is on no critical path', () => {
  const [ordinal, before] = attempt(1, 1, 2);
  const inherited = { ...before, inherited: { runKey: 1n, runId: 1n } };
  const run = { ...LEFT, steps: new Map([[ordinal, inherited] as const, attempt(3, 110, 120)]) };
  expect(compareRuns(run, run, 0).left.criticalPath).toEqual(['d']);
});

test('params that differ, came or went are told, equal ones are not', () => {
  const right = { ...LEFT, params: { n: long(9_007_199_254_740_993n), same: long(5n), come: long(3n) } };
  const close = { ...LEFT, params: { ...right.params, n: long(9_007_199_254_740_992n) } };
  expect(compareRuns(LEFT, right, 0).params.map(({ name }) => name)).toEqual(['come', 'gone', 'n']);
  expect(compareRuns(close, right, 0).params.map(({ name }) => name)).toEqual(['n']);
});

test('steps that one version lacks, or one run has not come to, are listed too', () => {
  const right: RunSide = { ...LEFT, plan: planOf([{ ...STEPS[0], id: 'new' }, { ...STEPS[1] }]), steps: new Map() };
  const { steps } = compareRuns(LEFT, right, 0);
  expect(steps.map(({ stepId }) => stepId)).toEqual(['new', 'b', 'a', 'c', 'd']);
  expect(steps[0]).toEqual({ stepId: 'new', left: undefined, right: { status: 'NOT_CREATED' } });
  expect(steps[1]?.left).toEqual({ status: 'SUCCEEDED', duration: 40 });
});

test('statuses are told between the other events, before what was said of them', () => {
  const [, step] = attempt(0, 5, 9);
  const said = { type: 'LOG', timestamp: 9, level: 'INFO', message: 'done' } as const;
  const events = withStatusEvents([said], stepStatusEvents(step));
  expect(events.map((event) => ('status' in event ? event.status : event.type))).toEqual([
    'CREATED',
    'SUCCEEDED',
    'LOG',
  ]);
});
