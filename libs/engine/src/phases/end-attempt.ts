import { isRetryableStep, type FailureClass, type Millis, type StepStatus } from '@maestro/domain';
import type { Draft } from '../draft.js';
import { retryDelay } from '../retry.js';
import { rest, type WorkingStep } from '../working-step.js';

const FAILED_STATUS: Readonly<Record<FailureClass, StepStatus>> = {
  USER: 'USER_FAILED',
  PLATFORM: 'PLATFORM_FAILED',
  TIMEOUT: 'TIMEOUT_FAILED',
};

/** endFailed ends the attempt and sets the time of the next one. */
export function endFailed(draft: Draft, step: WorkingStep, failure: FailureClass, message: string, at: Millis): void {
  endAttempt(draft, step, FAILED_STATUS[failure], message, at);
  const delay = retryDelay(draft.header.runKey, step, failure);
  if (delay === 0) draft.ready.push(step.ordinal);
  else draft.setDue(step, at + delay);
}

/** endAttempt ends an attempt in a status that frees no successor, and tells its timeline why. */
export function endAttempt(draft: Draft, step: WorkingStep, status: StepStatus, message: string, at: Millis): void {
  rest(step);
  draft.move(step, status, at);
  const retryable = isRetryableStep(status);
  draft.note({ type: 'DETAILS', timestamp: at, status, message, errors: [], retryable }, step);
}
