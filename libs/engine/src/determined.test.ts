import { determinedEnvironment, seedOf, uniqueIds } from './determined.js';

describe('uniqueIds', () => {
  test('are the same for the same purpose, and 63-bit numbers', () => {
    const ids = (): bigint[] => {
      const next = uniqueIds(() => '7-0-1/params');
      return [next(), next(), next()];
    };
    expect(ids()).toEqual(ids());
    for (const id of ids()) expect(id >= 0n && id < 1n << 63n).toBe(true);
  });

  test('differ between calls, attempts, steps and purposes', () => {
    const purposes = ['7-0-1/params', '7-0-2/params', '7-1-1/params', '8-0-1/params', '7-0-1/outputs'];
    const all = purposes.flatMap((purpose) => {
      const next = uniqueIds(() => purpose);
      return Array.from({ length: 1_000 }, () => next());
    });
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('determinedEnvironment', () => {
  test('gives the same time and chance for the same purpose', () => {
    const numbers = (purpose: string): number[] => {
      const environment = determinedEnvironment(5, purpose);
      return [environment.nowMs, environment.random(), environment.random()];
    };
    expect(numbers('a')).toEqual(numbers('a'));
    expect(numbers('a')[1]).not.toBe(numbers('b')[1]);
    expect(numbers('a')[1]).not.toBe(numbers('a')[2]);
  });

  test('seeds follow from the whole text', () => {
    expect(new Set(['', 'a', 'b', 'ab', 'ba'].map(seedOf)).size).toBe(5);
  });
});
