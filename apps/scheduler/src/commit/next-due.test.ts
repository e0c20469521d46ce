import type { RunHeader, StepState } from '@maestro/engine';
import { nextDue, watchDue, WATCH_MILLIS } from './next-due.js';

const step = (over: Partial<StepState>): StepState => ({
  ordinal: 0,
  attempt: 1,
  status: 'STARTING',
  dispatch: 1,
  times: {},
  retries: { USER: 0, PLATFORM: 0, TIMEOUT: 0 },
  ...over,
});
const header = (over: Partial<RunHeader>): RunHeader =>
  ({ status: 'IN_PROGRESS', timeoutMillis: 1_000_000, startTime: 0, ...over }) as RunHeader;

describe('when a run needs its next timer', () => {
  it('is the earliest of its time-out, its steps own times and the watch over dispatches', () => {
    expect(nextDue(header({}), [], 5)).toBe(1_000_000);
    expect(nextDue(header({}), [step({ status: 'RUNNING', dueAt: 700 }), step({ dueAt: 900 })], 5)).toBe(700);
    expect(nextDue(header({}), [step({ dispatchedAt: 100 })], 200)).toBe(100 + WATCH_MILLIS);
  });

  it('is never for a run that has ended', () => {
    expect(nextDue(header({ status: 'SUCCEEDED' }), [step({ dueAt: 1 })], 0)).toBeUndefined();
  });

  it('does not watch a claimed, an ended or an unsent attempt', () => {
    expect(watchDue(step({ dispatchedAt: 1, claimedBy: 'e' }), 5)).toBeUndefined();
    expect(watchDue(step({ dispatchedAt: 1, status: 'SUCCEEDED' }), 5)).toBeUndefined();
    expect(watchDue(step({}), 5)).toBeUndefined();
  });

  it('looks after a dispatch again and again, always in the future', () => {
    expect(watchDue(step({ dispatchedAt: 1_000 }), 1_000 + WATCH_MILLIS)).toBe(1_000 + 2 * WATCH_MILLIS);
    expect(watchDue(step({ dispatchedAt: 1_000 }), 1_000 + 5.5 * WATCH_MILLIS)).toBe(1_000 + 6 * WATCH_MILLIS);
  });
});
