import type { ExponentialBackoff, FixedBackoff, RetryPolicy } from '@maestro/domain';
import { object, optional } from '../reading/object.js';
import { parsableLong } from '../reading/scalars.js';
import { typed } from '../reading/union.js';

const value = optional(parsableLong);

const backoff = typed<ExponentialBackoff | FixedBackoff>({
  EXPONENTIAL_BACKOFF: object<Omit<ExponentialBackoff, 'type'>>({
    errorRetryBackoffInSecs: value,
    errorRetryExponent: value,
    errorRetryLimitInSecs: value,
    platformRetryBackoffInSecs: value,
    platformRetryExponent: value,
    platformRetryLimitInSecs: value,
    timeoutRetryBackoffInSecs: value,
    timeoutRetryExponent: value,
    timeoutRetryLimitInSecs: value,
  }),
  FIXED_BACKOFF: object<Omit<FixedBackoff, 'type'>>({
    errorRetryBackoffInSecs: value,
    platformRetryBackoffInSecs: value,
    timeoutRetryBackoffInSecs: value,
  }),
});

/** retryPolicy: limits and back-off by failure class (specification 1.8). */
export const retryPolicy = object<RetryPolicy>({
  errorRetryLimit: value,
  platformRetryLimit: value,
  timeoutRetryLimit: value,
  backoff: optional(backoff),
});
