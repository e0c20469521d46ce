import { settledBy } from './outcome-state.js';

const policy = { tries: 30, firstMs: 1_000, longestMs: 3_600_000, giveUpMs: 48 * 3_600_000 };
const at = (attempt: number, pendingSince = 0) => ({ key: 1n, attempt, pendingSince });
const retry = { result: 'retry', reason: 'no' } as const;

test('the pauses grow fourfold from a second to an hour, and the last try ends it: about a day', () => {
  const pauses: number[] = [];
  for (let attempt = 1, now = 0; ; attempt += 1) {
    const { state, nextTry = 0 } = settledBy(at(attempt), retry, policy, now, 0.5);
    if (state === 'DEAD') break;
    pauses.push(nextTry - now);
    now = nextTry;
  }
  expect(pauses.slice(0, 8)).toEqual([1e3, 4e3, 16e3, 64e3, 256e3, 1_024e3, 3_600e3, 3_600e3]);
  expect(pauses).toHaveLength(29);
  expect(pauses.reduce((sum, each) => sum + each) / 3_600e3).toBeCloseTo(23.4, 1);
});

test('the receiver may ask for a longer pause, and chance moves pauses a tenth', () => {
  expect(settledBy(at(1), { ...retry, afterMs: 60_000 }, policy, 5, 0.5).nextTry).toBe(60_005);
  expect([0, 1].map((chance) => settledBy(at(1), retry, policy, 0, chance).nextTry)).toEqual([900, 1_100]);
});

test('what has been pending for too long is dead, and so is what was refused', () => {
  expect(settledBy(at(2, 0), retry, policy, 48 * 3_600_000, 0).state).toBe('DEAD');
  expect(settledBy(at(1), { result: 'refused', reason: 'gone' }, policy, 0, 0)).toMatchObject({
    state: 'DEAD',
    answer: 'gone',
  });
  expect(settledBy(at(1), { result: 'delivered', answer: '200' }, policy, 0, 0).state).toBe('DELIVERED');
});
