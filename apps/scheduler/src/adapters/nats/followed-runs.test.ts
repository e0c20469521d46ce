import { FollowedRuns } from './followed-runs.js';

test('interest holds for its life, and longer when it is told again', () => {
  const followed = new FollowedRuns(100);
  followed.add(1n, 0);
  followed.add(2n, 0);
  followed.add(1n, 50);
  expect([followed.has(1n, 99), followed.has(2n, 99)]).toEqual([true, true]);
  expect([followed.has(1n, 149), followed.has(2n, 100)]).toEqual([true, false]);
  expect(followed.has(3n, 0)).toBe(false);
});

test('memory is bounded: the oldest interest is forgotten first', () => {
  const followed = new FollowedRuns(100);
  for (let runKey = 0n; runKey <= 50_000n; runKey += 1n) followed.add(runKey, 0);
  expect([followed.has(0n, 0), followed.has(1n, 0), followed.has(50_000n, 0)]).toEqual([false, true, true]);
});
