import type { RetryPolicy } from '@maestro/domain';
import fc from 'fast-check';
import { mayRetry, retryDelay } from './retry.js';
import { evaluateRetryLimits } from './retry-limits.js';
import type { RetryLimits } from './state.js';
import { newAttempt } from './working-step.js';

function limitsOf(policy: RetryPolicy): RetryLimits {
  const limits = evaluateRetryLimits(policy, {});
  if (limits.kind !== 'value') throw new Error(limits.kind);
  return limits.value;
}

const failedTimes = (retries: number, retryLimits: RetryLimits, attempt = retries + 1) => ({
  ...newAttempt(3, attempt, 0),
  retries: { USER: retries, PLATFORM: 0, TIMEOUT: 0 },
  retryLimits,
});

describe('retry limits', () => {
  test('are those of the specification when nothing is said', () => {
    expect(limitsOf({})).toEqual({
      USER: { limit: 2, base: 60_000, exponent: 2, cap: 600_000 },
      PLATFORM: { limit: 10, base: 60_000, exponent: 2, cap: 3_600_000 },
      TIMEOUT: { limit: 0, base: 60_000, exponent: 2, cap: 3_600_000 },
    });
  });

  test('mix what is given with the defaults', () => {
    const backoff = { type: 'EXPONENTIAL_BACKOFF', platformRetryExponent: 3n } as const;
    const limits = limitsOf({ errorRetryLimit: 5n, backoff });
    expect(limits.USER).toEqual({ limit: 5, base: 60_000, exponent: 2, cap: 600_000 });
    expect(limits.PLATFORM.exponent).toBe(3);
  });

  test('are never more than 99, and fixed waits do not grow', () => {
    const backoff = { type: 'FIXED_BACKOFF', errorRetryBackoffInSecs: 7n } as const;
    expect(limitsOf({ errorRetryLimit: '1000', backoff }).USER).toEqual({
      limit: 99,
      base: 7_000,
      exponent: 1,
      cap: 7_000,
    });
  });

  test('name what cannot be read', () => {
    expect(evaluateRetryLimits({ timeoutRetryLimit: 'many' }, {})).toMatchObject({
      kind: 'error',
      message: expect.stringContaining('retry_policy.timeout_retry_limit') as string,
    });
  });
});

describe('retries', () => {
  test('end when the class is used up', () => {
    const limits = limitsOf({});
    expect([0, 1, 2].map((retries) => mayRetry(failedTimes(retries, limits), 'USER'))).toEqual([true, true, false]);
    expect(mayRetry(failedTimes(0, limits), 'TIMEOUT')).toBe(false);
  });

  test('wait min(base * exponent^retries, cap), 10 % more or less, and never more than a day', () => {
    const policies = fc.record({
      base: fc.nat(100_000),
      exponent: fc.nat(10),
      cap: fc.nat(200_000_000),
      retries: fc.nat(98),
      key: fc.bigInt({ min: 0n, max: 1n << 62n }),
    });
    fc.assert(
      fc.property(policies, ({ base, exponent, cap, retries, key }) => {
        const limits = { ...limitsOf({}), USER: { limit: 99, base, exponent, cap } };
        const delay = retryDelay(key, failedTimes(retries, limits), 'USER');
        const wait = base === 0 ? 0 : Math.min(base * exponent ** retries, cap);
        expect(delay).toBeGreaterThanOrEqual(Math.min(Math.floor(wait * 0.9), 86_400_000));
        expect(delay).toBeLessThanOrEqual(Math.min(Math.ceil(wait * 1.1), 86_400_000));
      }),
    );
  });

  test('of steps that failed together are spread', () => {
    const limits = limitsOf({});
    const delays = Array.from({ length: 200 }, (_, at) => retryDelay(BigInt(at), failedTimes(0, limits), 'USER'));
    expect(new Set(delays).size).toBeGreaterThan(150);
    expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(10_000);
  });
});
