import type { FailureClass, Millis } from '@maestro/domain';
import type { Draft } from '../draft.js';
import { mayRetry } from '../retry.js';
import type { WorkingStep } from '../working-step.js';
import { endAttempt, endFailed } from './end-attempt.js';
import { failForGood } from './settle.js';

/**
 * fail ends an attempt by its failure class: another attempt follows while the class allows one. A time-out without further
 * attempts is TIMED_OUT whatever the failure mode (specification §6.4).
 */
export function fail(draft: Draft, step: WorkingStep, failure: FailureClass, message: string, at: Millis): void {
  const retried = mayRetry(step, failure) && (failure === 'TIMEOUT' || !refusesRetry(step));
  if (retried) endFailed(draft, step, failure, message, at);
  else if (failure === 'TIMEOUT') endAttempt(draft, step, 'TIMED_OUT', message, at);
  else failForGood(draft, step, message, at);
}

/** The artifact `maestro_retry {retryable: false}` says that another attempt would fail as well (specification §2.9). */
function refusesRetry(step: WorkingStep): boolean {
  const retry = step.artifacts?.['maestro_retry'];
  return typeof retry === 'object' && retry !== null && 'retryable' in retry && retry['retryable'] === false;
}
