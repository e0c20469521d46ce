import fc from 'fast-check';
import { attemptId, makeRunKey, parseAttemptId, runKeyParts, shardOf } from './index.js';

const parts = fc.record({
  retentionClass: fc.integer({ min: 0, max: 7 }),
  at: fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2090, 0, 1) }),
  shard: fc.integer({ min: 0, max: 63 }),
  sequence: fc.integer({ min: 0, max: 8191 }),
});

describe('run keys', () => {
  it('give back what they were made of and fit a signed 64-bit column', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const key = makeRunKey(given);
        expect(runKeyParts(key)).toEqual(given);
        expect(shardOf(key)).toBe(given.shard);
        expect(BigInt.asIntN(64, key)).toBe(key);
      }),
    );
  });

  it('are ordered by retention class, then time', () => {
    fc.assert(
      fc.property(parts, parts, (left, right) => {
        const earlier =
          left.retentionClass < right.retentionClass ||
          (left.retentionClass === right.retentionClass && left.at < right.at);
        if (earlier) expect(makeRunKey(left) < makeRunKey(right)).toBe(true);
      }),
    );
  });
});

describe('attempt ids', () => {
  it('are read back, and nothing else is one', () => {
    const key = { runKey: 9007199254740993n, ordinal: 3, attempt: 12 };
    expect(parseAttemptId(attemptId(key))).toEqual(key);
    for (const text of ['', '1-2', 'a-1-1', '1-2-3-4']) expect(parseAttemptId(text)).toBeUndefined();
  });
});
