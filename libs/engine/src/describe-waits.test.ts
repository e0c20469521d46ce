import type { Step } from '@maestro/domain';
import { describeWaits } from './describe-waits.js';
import { runtimeOverview } from './runtime-overview.js';
import { parseEvent } from './testing/parse-event.js';
import { SimulatedRun, START } from './testing/simulated-run.js';

const leaf = (id: string, type: string, more: Partial<Extract<Step, { kind: 'step' }>> = {}): Step => ({
  kind: 'step',
  id,
  type,
  ...more,
});

function play(steps: readonly Step[], ...acts: string[]): SimulatedRun {
  const run = new SimulatedRun({ id: 'w', steps });
  for (const act of acts) run.decide([parseEvent(act, { plan: run.plan, state: run.state, at: START })]);
  return run;
}
const waits = (run: SimulatedRun) => describeWaits(run.plan, run.state, START + 1_000);

describe('describeWaits', () => {
  test('names the predecessors that are missing', () => {
    const run = play([leaf('a', 'Echo', { transition: { successors: { b: 'true' } } }), leaf('b', 'NoOp')], 'launch');
    expect(waits(run)[1]).toMatchObject({
      ordinal: 1,
      kind: 'predecessor',
      message: '0 of 1 predecessors are complete; missing: a (STARTING).',
    });
  });

  test('tells an attempt that nobody claimed from one that runs', () => {
    const run = play([leaf('a', 'Echo'), leaf('b', 'Echo')], 'launch', 'claim b e1');
    expect(waits(run)).toMatchObject([
      { kind: 'worker', since: START, message: expect.stringContaining('pool default') as string },
      { kind: 'execution', since: START, message: 'Executor e1 runs it as attempt 77-1-1.' },
    ]);
  });

  test('tells a pool without room', () => {
    const run = play([leaf('a', 'Echo')]);
    run.room = false;
    run.decide([{ type: 'run-launched', at: START }]);
    expect(waits(run)).toMatchObject([{ kind: 'worker', message: 'It waits for room in pool default.' }]);
  });

  test('tells until when a step sleeps, and when the next attempt follows', () => {
    const retryPolicy = { backoff: { type: 'FIXED_BACKOFF', errorRetryBackoffInSecs: 10n } } as const;
    const run = play([leaf('a', 'Sleep'), leaf('b', 'Echo', { retryPolicy })], 'launch', 'end b USER_ERROR');
    expect(waits(run)).toMatchObject([
      { kind: 'time', until: START + 3_000, message: 'It sleeps for another 2 s.' },
      { kind: 'time', message: expect.stringContaining('Attempt 1 is USER_FAILED; the next one follows in') as string },
    ]);
  });

  test('tells who has to confirm a cancel', () => {
    const run = play([leaf('a', 'Echo'), leaf('b', 'Echo'), leaf('c', 'Echo')], 'launch', 'claim a e1', 'stop ann x');
    expect(waits(run).map(({ kind }) => kind)).toEqual(Array(3).fill('cancellation'));
    expect(waits(run)[0]?.message).toContain('Executor e1 was told');
  });

  test('tells an evaluation', () => {
    const transition = { successors: { b: 'v = 0; while (v < 12000) v += 1; v > 3' } };
    const run = play([leaf('a', 'NoOp', { transition }), leaf('b', 'NoOp')], 'launch');
    expect(waits(run)[0]).toMatchObject({ kind: 'evaluation', message: 'Its conditions are being evaluated.' });
  });

  test('finds nothing in a run that has not begun or has ended', () => {
    expect(waits(play([leaf('a', 'NoOp')]))).toEqual([]);
    expect(waits(play([leaf('a', 'NoOp')], 'launch'))).toEqual([]);
  });
});

test('runtimeOverview lists steps by status, and leaves out those that are not created', () => {
  const steps = [
    leaf('a', 'NoOp'),
    leaf('b', 'Echo', { transition: { successors: { c: 'true' } } }),
    leaf('c', 'NoOp'),
  ];
  const run = play(steps, 'launch');
  expect(runtimeOverview(run.plan, run.state)).toEqual({
    totalStepCount: 3,
    statuses: {
      STARTING: { count: 1, steps: [{ ordinal: 1, startTime: START }] },
      SUCCEEDED: { count: 1, steps: [{ ordinal: 0, startTime: START, endTime: START }] },
    },
  });
});
