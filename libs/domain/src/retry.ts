import type { ParsableLong } from './time.js';

/** FAILURE_CLASSES: each has its own retry limit and back-off. */
export const FAILURE_CLASSES = ['USER', 'PLATFORM', 'TIMEOUT'] as const;
export type FailureClass = (typeof FAILURE_CLASSES)[number];

/** ExponentialBackoff: wait = min(base · exponent^retries, cap), in seconds, per failure class. */
export interface ExponentialBackoff {
  readonly type: 'EXPONENTIAL_BACKOFF';
  readonly errorRetryBackoffInSecs?: ParsableLong;
  readonly errorRetryExponent?: ParsableLong;
  readonly errorRetryLimitInSecs?: ParsableLong;
  readonly platformRetryBackoffInSecs?: ParsableLong;
  readonly platformRetryExponent?: ParsableLong;
  readonly platformRetryLimitInSecs?: ParsableLong;
  readonly timeoutRetryBackoffInSecs?: ParsableLong;
  readonly timeoutRetryExponent?: ParsableLong;
  readonly timeoutRetryLimitInSecs?: ParsableLong;
}

/** FixedBackoff: the same wait in seconds before each retry, per failure class. */
export interface FixedBackoff {
  readonly type: 'FIXED_BACKOFF';
  readonly errorRetryBackoffInSecs?: ParsableLong;
  readonly platformRetryBackoffInSecs?: ParsableLong;
  readonly timeoutRetryBackoffInSecs?: ParsableLong;
}

/** RetryPolicy as defined; what is absent takes the defaults of the specification. */
export interface RetryPolicy {
  readonly errorRetryLimit?: ParsableLong;
  readonly platformRetryLimit?: ParsableLong;
  readonly timeoutRetryLimit?: ParsableLong;
  readonly backoff?: ExponentialBackoff | FixedBackoff;
}
