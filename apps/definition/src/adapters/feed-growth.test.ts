import { growthSignal } from './feed-growth.js';

const NEVER = new AbortController().signal;

test('growth since the mark is not waited for', async () => {
  const growth = growthSignal();
  const mark = growth.mark();
  growth.grown();
  await expect(growth.past(mark, NEVER)).resolves.toBeUndefined();
});

test('everybody who waits is woken by the next growth, or by its own end', async () => {
  const growth = growthSignal();
  const over = new AbortController();
  const ended = growth.past(growth.mark(), over.signal);
  over.abort();
  await ended;
  const waiting = [growth.past(growth.mark(), NEVER), growth.past(growth.mark(), NEVER)];
  growth.grown();
  await Promise.all(waiting);
});
