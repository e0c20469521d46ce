import type { RetryPolicy } from '@maestro/domain';
import { child, type Path } from '../reading/path.js';
import type { Problems } from '../reading/problems.js';
import { checkCount, checkRetries, checkWait } from './parsable.js';

const CLASSES = ['error', 'platform', 'timeout'] as const;

/** checkRetryPolicy holds limits, exponents and waits of every failure class against their ranges. */
export function checkRetryPolicy(policy: RetryPolicy | undefined, path: Path, problems: Problems): void {
  if (policy === undefined) return;
  const { backoff } = policy;
  const at = child(path, 'backoff');
  for (const name of CLASSES) {
    checkRetries(policy[`${name}RetryLimit`], child(path, `${name}_retry_limit`), problems);
    checkWait(backoff?.[`${name}RetryBackoffInSecs`], child(at, `${name}_retry_backoff_in_secs`), problems);
    if (backoff?.type !== 'EXPONENTIAL_BACKOFF') continue;
    checkCount(backoff[`${name}RetryExponent`], child(at, `${name}_retry_exponent`), problems);
    checkWait(backoff[`${name}RetryLimitInSecs`], child(at, `${name}_retry_limit_in_secs`), problems);
  }
}
