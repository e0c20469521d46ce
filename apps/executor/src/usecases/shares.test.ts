import { AttemptOutcome } from '@maestro/proto/maestro/scheduler/v1/attempt';
import type { Runtime } from '../runtimes/runtime.js';
import { delivery, fakeExecution, settled } from '../testing/fake-execution.js';
import { acceptTask } from './accept-task.js';
import { creditOf } from './free-slots.js';
import { NO_SHARES, readTypeSlots } from './shares.js';

/** Ends at once, and takes a slot. */
const brisk: Runtime = { type: 'Brisk', takesSlot: true, start: () => Promise.resolve({ outcome: 'DONE' }) };

test('steps of one type that hang leave the slots of the others free', async () => {
  const shares = { ...NO_SHARES, typeSlots: readTypeSlots(['manual=2']) };
  const { execution, link } = fakeExecution({ slots: 4, shares, runtimes: [brisk] });
  const hung = [delivery(), delivery(), delivery()];
  for (const each of hung) acceptTask(execution, each);
  expect(hung.map(({ naks }) => naks.length)).toEqual([0, 0, 1]);
  expect(creditOf(execution, 'Manual')).toBe(0);
  expect(creditOf(execution, 'Brisk')).toBe(2);
  for (let step = 0; step < 10; step += 1) {
    acceptTask(execution, delivery({ stepType: 'Brisk' }));
    await settled();
  }
  expect(link.results()).toHaveLength(10);
});

test('a tenant takes no more than its share', async () => {
  const { execution, runtime } = fakeExecution({ slots: 4, shares: { ...NO_SHARES, tenantSlots: 2 } });
  const greedy = [1, 2, 3].map(() => delivery({ tenant: 'ads' }));
  for (const each of greedy) acceptTask(execution, each);
  expect(greedy.map(({ naks }) => naks.length)).toEqual([0, 0, 1]);
  acceptTask(execution, delivery({ tenant: 'ml' }));
  expect(runtime.started.map(({ task }) => task.tenant)).toEqual(['ads', 'ads', 'ml']);
  runtime.end();
  await settled();
  acceptTask(execution, delivery({ tenant: 'ml' }));
  expect(runtime.started).toHaveLength(4);
});

test('a runtime that throws or rejects ends its own attempt, and nothing else', async () => {
  const crash = (type: string, start: Runtime['start']): Runtime => ({ type, takesSlot: true, start });
  const thrower = crash('Thrower', () => {
    throw new Error('broken');
  });
  const rejecter = crash('Rejecter', () => Promise.reject(new Error('broken')));
  const { execution, link } = fakeExecution({ slots: 1, runtimes: [thrower, rejecter, brisk] });
  for (const stepType of ['Thrower', 'Rejecter', 'Brisk']) {
    acceptTask(execution, delivery({ stepType }));
    await settled();
  }
  const { PLATFORM_ERROR, DONE } = AttemptOutcome;
  expect(link.results().map(({ outcome }) => outcome)).toEqual([PLATFORM_ERROR, PLATFORM_ERROR, DONE]);
});

test('steps of a tenant that the executor does not serve fail, and say where to go', async () => {
  const { execution, link } = fakeExecution({ shares: { ...NO_SHARES, tenants: new Set(['ads']) } });
  acceptTask(execution, delivery({ tenant: 'ml' }));
  await settled();
  expect(link.results()).toMatchObject([{ outcome: AttemptOutcome.FATAL_ERROR }]);
  expect(link.results()[0]?.message).toContain('do not run steps of tenant "ml"');
});

test('what cannot begin goes back to the queue, unless the scheduler may count on it', async () => {
  const back: Runtime = {
    type: 'Back',
    takesSlot: false,
    start: () => Promise.resolve({ outcome: 'PUT_BACK', message: 'nobody is there' }),
  };
  const { execution, link } = fakeExecution({ runtimes: [back] });
  const fresh = delivery({ stepType: 'Back' });
  acceptTask(execution, fresh);
  await settled();
  expect(fresh.naks).toHaveLength(1);
  expect(link.results()).toEqual([]);
  const again = delivery({ stepType: 'Back', dispatch: 2 });
  acceptTask(execution, again);
  await settled();
  await settled();
  expect(again.naks).toEqual([]);
  expect(link.results()).toMatchObject([{ outcome: AttemptOutcome.PLATFORM_ERROR }]);
});

test.each(['Http', 'Http=', 'Http=0', '=5', 'Http=many'])('"%s" is no share of a type', (entry) => {
  expect(() => readTypeSlots([entry])).toThrow('must be Type=number');
});
