import { attemptId, MAX_RETRY_WAIT_SECS, type FailureClass, type RunKey } from '@maestro/domain';
import type { StepState } from './state.js';

const JITTER = 0.1;

/** mayRetry: the class has attempts left. */
export function mayRetry(step: Pick<StepState, 'retries' | 'retryLimits'>, failure: FailureClass): boolean {
  return step.retries[failure] < (step.retryLimits?.[failure].limit ?? 0);
}

/**
 * retryDelay is how many milliseconds the next attempt waits: min(base * exponent^retries, cap), at most a day, ±10 % that
 * the attempt's identity decides, so that many steps that failed together do not come back together.
 */
export function retryDelay(runKey: RunKey, step: StepState, failure: FailureClass): number {
  const limits = step.retryLimits?.[failure];
  if (!limits || limits.base === 0) return 0;
  const wait = Math.min(limits.base * limits.exponent ** step.retries[failure], limits.cap);
  const share = hashShare(attemptId({ runKey, ordinal: step.ordinal, attempt: step.attempt }));
  return Math.min(Math.round(wait * (1 + JITTER * (2 * share - 1))), MAX_RETRY_WAIT_SECS * 1_000);
}

/** A number from 0 (inclusive) to 1 (exclusive) that depends on nothing but the text (FNV-1a, mixed once more). */
function hashShare(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 0x1_0000_0000;
}
