import { delivery, fakeExecution, settled } from '../testing/fake-execution.js';
import { acceptTask } from './accept-task.js';

it('an attempt that only waits takes no slot, and ends as any other', async () => {
  const { execution, runtime, link } = fakeExecution({ slots: 1 });
  acceptTask(execution, delivery());
  expect(execution.attempts.occupied).toBe(1);
  runtime.started[0]?.context.waits?.();
  runtime.started[0]?.context.waits?.();
  expect(execution.attempts.occupied).toBe(0);
  runtime.end();
  await settled();
  expect(link.results()).toHaveLength(1);
  expect(execution.attempts.occupied).toBe(0);
});

it('attempts keep their slots when those that wait would take too much memory', () => {
  const { execution, runtime } = fakeExecution({ slots: 4 });
  const paramsJson = new Uint8Array(30 * 1024 * 1024);
  for (let count = 0; count < 3; count += 1) acceptTask(execution, delivery({ paramsJson }));
  for (const { context } of runtime.started) context.waits?.();
  expect(execution.attempts.occupied).toBe(1);
});
