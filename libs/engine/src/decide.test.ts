import type { LeafStep, Workflow } from '@maestro/domain';
import { SimulatedRun, START } from './testing/simulated-run.js';
import { TRANSITION_BUDGET } from './timing.js';

const chain = (length: number, type = 'NoOp'): Workflow => ({
  id: 'chain',
  steps: Array.from({ length }, (_, at): LeafStep => ({
    kind: 'step',
    id: `s${at}`,
    type,
    ...(at < length - 1 ? { transition: { successors: { [`s${at + 1}`]: 'true' } } } : {}),
  })),
});

test('a chain of 100 NoOp steps is one decision, and each step has its times', () => {
  const run = new SimulatedRun(chain(100));
  const decision = run.decide([{ type: 'run-launched', at: START }]);
  expect(decision.commands).toEqual([{ type: 'finish-run', status: 'SUCCEEDED' }]);
  expect(decision.change?.dueAt).toBeUndefined();
  expect(run.state.header).toMatchObject({ status: 'SUCCEEDED', counts: { SUCCEEDED: 100 }, endTime: START });
  expect(run.state.steps.get(99)?.times).toMatchObject({ create: START, execute: START, end: START });
});

test('a run that needs more than the budget goes on in the next batch, where it left off', () => {
  const run = new SimulatedRun(chain(300));
  let batches = 0;
  let commands = run.decide([{ type: 'run-launched', at: START }]).commands;
  while (commands.some((command) => command.type === 'continue')) {
    expect(run.state.header.backlog).toHaveLength(1);
    const decision = run.decide([{ type: 'continued', at: START + 1 }]);
    expect((decision.change?.steps.length ?? 0) * 9).toBeLessThan(TRANSITION_BUDGET + 9);
    ({ commands } = decision);
    batches += 1;
  }
  expect(batches).toBe(2);
  expect(run.state.header).toMatchObject({ status: 'SUCCEEDED', counts: { SUCCEEDED: 300 }, open: 0 });
  expect(run.state.header.backlog).toBeUndefined();
});

test('a stop between two batches of a long run drops what had not begun', () => {
  const run = new SimulatedRun(chain(300));
  run.decide([{ type: 'run-launched', at: START }]);
  const decision = run.decide([{ type: 'stop-requested', at: START + 1, by: 'ann', reason: 'enough' }]);
  expect(decision.commands).toEqual([{ type: 'finish-run', status: 'STOPPED' }]);
});

test('no events change nothing', () => {
  const run = new SimulatedRun(chain(2, 'Echo'));
  expect(run.decide([])).toEqual({ change: undefined, commands: [], verdicts: [] });
});

test('a retry that is due twice before its turn comes is one attempt', () => {
  const { steps } = chain(200);
  const retryPolicy = { backoff: { type: 'FIXED_BACKOFF', errorRetryBackoffInSecs: 1n } } as const;
  const first: LeafStep = { kind: 'step', id: 'first', type: 'Echo', transition: { successors: { s0: 'true' } } };
  const run = new SimulatedRun({
    id: 'w',
    steps: [first, { kind: 'step', id: 'retried', type: 'Echo', retryPolicy }, ...steps],
  });
  const [at, later] = [START, START + 5_000];
  const end = { type: 'attempt-ended', attempt: 1, dispatch: 1, timeline: [] } as const;
  run.decide([{ type: 'run-launched', at }]);
  run.decide([{ ...end, at, ordinal: 1, outcome: 'USER_ERROR' }]);
  const timer = { type: 'timer-fired', at: later } as const;
  run.decide([{ ...end, at: later, ordinal: 0, outcome: 'DONE' }, timer, timer]);
  expect(run.state.header.backlog?.filter((ordinal) => ordinal === 1)).toHaveLength(2);
  run.decide([{ type: 'continued', at: later }]);
  expect(run.state.steps.get(1)).toMatchObject({ attempt: 2, status: 'STARTING' });
});
