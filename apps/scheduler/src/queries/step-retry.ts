import { create } from '@bufbuild/protobuf';
import { FAILURE_CLASSES, isRetryableStep, isTerminalStep } from '@maestro/domain';
import type { StepState } from '@maestro/engine';
import { StepRetryStateSchema, type StepRetryState } from '@maestro/proto/maestro/types/v1/instance';
import { instantToProto } from '@maestro/wire';

/** stepRetryToProto says how often an attempt's step was retried, how often it may be, and when it is next. */
export function stepRetryToProto(step: StepState): StepRetryState {
  const { retries, retryLimits: limits, status } = step;
  return create(StepRetryStateSchema, {
    errorRetries: retries.USER,
    errorRetryLimit: limits?.USER.limit ?? 0,
    platformRetries: retries.PLATFORM,
    platformRetryLimit: limits?.PLATFORM.limit ?? 0,
    timeoutRetries: retries.TIMEOUT,
    timeoutRetryLimit: limits?.TIMEOUT.limit ?? 0,
    manualRetries: step.manualRetries ?? 0,
    retryable: mayBeRetried(step),
    nextAttemptTime: instantToProto(isRetryableStep(status) ? step.dueAt : undefined),
  });
}

/** A further attempt may still follow by itself, for one class of failure at least. */
function mayBeRetried({ retries, retryLimits: limits, status }: StepState): boolean {
  if (isRetryableStep(status)) return true;
  return !isTerminalStep(status) && FAILURE_CLASSES.some((each) => retries[each] < (limits?.[each].limit ?? 0));
}
