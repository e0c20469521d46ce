import { waitUntil } from './wait-until.js';

test('it returns the first truthy answer', async () => {
  let asked = 0;
  expect(await waitUntil(() => ((asked += 1) === 3 ? 'third' : undefined))).toBe('third');
  expect(asked).toBe(3);
});

test('a condition that throws is asked again', async () => {
  let asked = 0;
  const answer = await waitUntil(() => {
    asked += 1;
    if (asked === 1) throw new Error('not yet');
    return asked;
  });
  expect(answer).toBe(2);
});

test('the failure tells what was waited for and what was seen last', async () => {
  const waiting = waitUntil(() => 0, { timeoutMs: 5, describe: 'three rows' });
  await expect(waiting).rejects.toThrow('three rows: not met within 5 ms; last seen: 0');
});

test('the failure tells the last error', async () => {
  const waiting = waitUntil(() => Promise.reject(new Error('refused')), { timeoutMs: 5 });
  await expect(waiting).rejects.toThrow('the condition: not met within 5 ms; last seen: Error: refused');
});
