import type { StepState } from '@maestro/engine';
import { stepRetryToProto } from './step-retry.js';

const LIMIT = { limit: 2, base: 0, exponent: 1, cap: 0 };
const STEP: StepState = {
  ordinal: 0,
  attempt: 1,
  status: 'RUNNING',
  dispatch: 1,
  times: {},
  retries: { USER: 0, PLATFORM: 0, TIMEOUT: 0 },
  retryLimits: { USER: { ...LIMIT, limit: 1 }, PLATFORM: LIMIT, TIMEOUT: { ...LIMIT, limit: 0 } },
  dueAt: 77,
};

test('counts and limits of each class are told apart', () => {
  const retried = stepRetryToProto({ ...STEP, retries: { USER: 1, PLATFORM: 2, TIMEOUT: 0 } });
  expect(retried).toMatchObject({ errorRetries: 1, errorRetryLimit: 1, platformRetries: 2, platformRetryLimit: 2 });
  expect(retried).toMatchObject({ timeoutRetries: 0, timeoutRetryLimit: 0 });
});

test('a step is retryable while a class has retries left', () => {
  expect(stepRetryToProto(STEP).retryable).toBe(true);
  expect(stepRetryToProto({ ...STEP, retries: { USER: 1, PLATFORM: 2, TIMEOUT: 0 } }).retryable).toBe(false);
  expect(stepRetryToProto({ ...STEP, status: 'FATALLY_FAILED' }).retryable).toBe(false);
});

test('the next attempt has a time only after a failure that is retried: before it, what is due is a timeout', () => {
  expect(stepRetryToProto(STEP).nextAttemptTime).toBe(0n);
  expect(stepRetryToProto({ ...STEP, status: 'USER_FAILED' }).nextAttemptTime).toBe(77n);
});
