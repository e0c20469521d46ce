import { Latch } from './latch.js';

const NEVER = new AbortController().signal;

test('what happened before is not waited for, and counts once', async () => {
  const latch = new Latch();
  latch.set();
  latch.set();
  await latch.past(60_000, NEVER);
  let past = false;
  const waiting = latch.past(60_000, NEVER).then(() => (past = true));
  await Promise.resolve();
  expect(past).toBe(false);
  latch.set();
  await waiting;
});

test('waiting ends with the time or the signal', async () => {
  await new Latch().past(1, NEVER);
  const over = new AbortController();
  const waiting = new Latch().past(60_000, over.signal);
  over.abort();
  await waiting;
  await new Latch().past(60_000, over.signal);
});
