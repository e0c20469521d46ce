import { create } from '@bufbuild/protobuf';
import type { ExponentialBackoff, FixedBackoff, RetryPolicy } from '@maestro/domain';
import {
  type ExponentialBackoff as ExponentialBackoffMessage,
  ExponentialBackoffSchema,
  type FixedBackoff as FixedBackoffMessage,
  FixedBackoffSchema,
  type RetryPolicy as RetryPolicyMessage,
  RetryPolicySchema,
} from '@maestro/proto/maestro/types/v1/step';
import { fieldPath } from './invalid.js';
import { optionalLongFromProto, optionalLongToProto } from './parsable-long.js';
import { present } from './present.js';

function exponentialToProto(backoff: ExponentialBackoff): ExponentialBackoffMessage {
  return create(ExponentialBackoffSchema, {
    errorRetryBackoffInSecs: optionalLongToProto(backoff.errorRetryBackoffInSecs),
    errorRetryExponent: optionalLongToProto(backoff.errorRetryExponent),
    errorRetryLimitInSecs: optionalLongToProto(backoff.errorRetryLimitInSecs),
    platformRetryBackoffInSecs: optionalLongToProto(backoff.platformRetryBackoffInSecs),
    platformRetryExponent: optionalLongToProto(backoff.platformRetryExponent),
    platformRetryLimitInSecs: optionalLongToProto(backoff.platformRetryLimitInSecs),
    timeoutRetryBackoffInSecs: optionalLongToProto(backoff.timeoutRetryBackoffInSecs),
    timeoutRetryExponent: optionalLongToProto(backoff.timeoutRetryExponent),
    timeoutRetryLimitInSecs: optionalLongToProto(backoff.timeoutRetryLimitInSecs),
  });
}

function exponentialFromProto(message: ExponentialBackoffMessage, path: string): ExponentialBackoff {
  const at = (field: string): string => fieldPath(path, field);
  return present({
    type: 'EXPONENTIAL_BACKOFF' as const,
    errorRetryBackoffInSecs: optionalLongFromProto(message.errorRetryBackoffInSecs, at('error_retry_backoff_in_secs')),
    errorRetryExponent: optionalLongFromProto(message.errorRetryExponent, at('error_retry_exponent')),
    errorRetryLimitInSecs: optionalLongFromProto(message.errorRetryLimitInSecs, at('error_retry_limit_in_secs')),
    platformRetryBackoffInSecs: optionalLongFromProto(
      message.platformRetryBackoffInSecs,
      at('platform_retry_backoff_in_secs'),
    ),
    platformRetryExponent: optionalLongFromProto(message.platformRetryExponent, at('platform_retry_exponent')),
    platformRetryLimitInSecs: optionalLongFromProto(
      message.platformRetryLimitInSecs,
      at('platform_retry_limit_in_secs'),
    ),
    timeoutRetryBackoffInSecs: optionalLongFromProto(
      message.timeoutRetryBackoffInSecs,
      at('timeout_retry_backoff_in_secs'),
    ),
    timeoutRetryExponent: optionalLongFromProto(message.timeoutRetryExponent, at('timeout_retry_exponent')),
    timeoutRetryLimitInSecs: optionalLongFromProto(message.timeoutRetryLimitInSecs, at('timeout_retry_limit_in_secs')),
  });
}

function fixedToProto(backoff: FixedBackoff): FixedBackoffMessage {
  return create(FixedBackoffSchema, {
    errorRetryBackoffInSecs: optionalLongToProto(backoff.errorRetryBackoffInSecs),
    platformRetryBackoffInSecs: optionalLongToProto(backoff.platformRetryBackoffInSecs),
    timeoutRetryBackoffInSecs: optionalLongToProto(backoff.timeoutRetryBackoffInSecs),
  });
}

function fixedFromProto(message: FixedBackoffMessage, path: string): FixedBackoff {
  const at = (field: string): string => fieldPath(path, field);
  return present({
    type: 'FIXED_BACKOFF' as const,
    errorRetryBackoffInSecs: optionalLongFromProto(message.errorRetryBackoffInSecs, at('error_retry_backoff_in_secs')),
    platformRetryBackoffInSecs: optionalLongFromProto(
      message.platformRetryBackoffInSecs,
      at('platform_retry_backoff_in_secs'),
    ),
    timeoutRetryBackoffInSecs: optionalLongFromProto(
      message.timeoutRetryBackoffInSecs,
      at('timeout_retry_backoff_in_secs'),
    ),
  });
}

function backoffToProto(backoff: RetryPolicy['backoff']): RetryPolicyMessage['backoff'] {
  switch (backoff?.type) {
    case undefined:
      return { case: undefined };
    case 'EXPONENTIAL_BACKOFF':
      return { case: 'exponential', value: exponentialToProto(backoff) };
    case 'FIXED_BACKOFF':
      return { case: 'fixed', value: fixedToProto(backoff) };
  }
}

function backoffFromProto(backoff: RetryPolicyMessage['backoff'], path: string): RetryPolicy['backoff'] {
  switch (backoff.case) {
    case undefined:
      return undefined;
    case 'exponential':
      return exponentialFromProto(backoff.value, path);
    case 'fixed':
      return fixedFromProto(backoff.value, path);
  }
}

export function retryPolicyToProto(policy: RetryPolicy): RetryPolicyMessage {
  return create(RetryPolicySchema, {
    errorRetryLimit: optionalLongToProto(policy.errorRetryLimit),
    platformRetryLimit: optionalLongToProto(policy.platformRetryLimit),
    timeoutRetryLimit: optionalLongToProto(policy.timeoutRetryLimit),
    backoff: backoffToProto(policy.backoff),
  });
}

/** retryPolicyFromProto: throws INVALID_REQUEST for a number that is neither a number nor a text. */
export function retryPolicyFromProto(message: RetryPolicyMessage, path = ''): RetryPolicy {
  return present({
    errorRetryLimit: optionalLongFromProto(message.errorRetryLimit, fieldPath(path, 'error_retry_limit')),
    platformRetryLimit: optionalLongFromProto(message.platformRetryLimit, fieldPath(path, 'platform_retry_limit')),
    timeoutRetryLimit: optionalLongFromProto(message.timeoutRetryLimit, fieldPath(path, 'timeout_retry_limit')),
    backoff: backoffFromProto(message.backoff, fieldPath(path, 'backoff')),
  });
}
