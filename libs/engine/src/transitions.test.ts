import {
  isTerminalInstance,
  isTerminalStep,
  STEP_STATUSES,
  WORKFLOW_INSTANCE_STATUSES,
  type StepStatus,
} from '@maestro/domain';
import { assertRunTransition, assertStepTransition, RUN_TRANSITIONS, STEP_TRANSITIONS } from './transitions.js';
import { enter, newAttempt } from './working-step.js';

const pairs = <T>(all: readonly T[]): [T, T][] => all.flatMap((from) => all.map((to): [T, T] => [from, to]));

test.each(pairs(STEP_STATUSES))('a step goes from %s to %s only if the table says so', (from, to) => {
  const step = { ...newAttempt(0, 1, 5), status: from };
  if (STEP_TRANSITIONS[from].includes(to)) {
    enter(step, to, 7);
    expect(step.status).toBe(to);
    expect(Object.values(step.times)).toContain(7);
    expect(step.times.end).toBe(isTerminalStep(to) ? 7 : undefined);
  } else {
    expect(() => assertStepTransition(from, to)).toThrow(`a step never goes from ${from} to ${to}`);
  }
});

test.each(pairs(WORKFLOW_INSTANCE_STATUSES))('a run goes from %s to %s only if the table says so', (from, to) => {
  const check = (): void => assertRunTransition(from, to);
  if (RUN_TRANSITIONS[from].includes(to)) expect(check).not.toThrow();
  else expect(check).toThrow(`a run never goes from ${from} to ${to}`);
});

test('what has ended goes nowhere, and everything else can be stopped and timed out', () => {
  for (const status of STEP_STATUSES) {
    const next = STEP_TRANSITIONS[status];
    if (isTerminalStep(status)) expect([status, next]).toEqual([status, []]);
    else if (status !== 'NOT_CREATED') expect(next).toEqual(expect.arrayContaining(['STOPPED', 'TIMED_OUT']));
  }
  for (const status of WORKFLOW_INSTANCE_STATUSES) {
    expect(RUN_TRANSITIONS[status].length === 0).toBe(isTerminalInstance(status));
  }
});

test('every status but DISABLED, which the original never produces either, can be reached', () => {
  const reached = new Set<StepStatus>(['NOT_CREATED']);
  for (const status of reached) for (const next of STEP_TRANSITIONS[status]) reached.add(next);
  expect(STEP_STATUSES.filter((status) => !reached.has(status))).toEqual(['DISABLED']);
});
