import type { StepStatus } from '@maestro/domain';

/** What people want to see first when one iteration stands for all of them: PAUSED before all, success last (specification §6.13). */
const ORDER: readonly StepStatus[] = [
  'PAUSED',
  'FATALLY_FAILED',
  'INTERNALLY_FAILED',
  'USER_FAILED',
  'PLATFORM_FAILED',
  'TIMEOUT_FAILED',
  'TIMED_OUT',
  'STOPPED',
  'RUNNING',
  'FINISHING',
  'STARTING',
  'WAITING_FOR_PERMITS',
  'EVALUATING_PARAMS',
  'WAITING_FOR_SIGNALS',
  'INITIALIZED',
  'CREATED',
  'COMPLETED_WITH_ERROR',
  'SKIPPED',
  'UNSATISFIED',
  'DISABLED',
  'SUCCEEDED',
  'NOT_CREATED',
];

/** representativeStatus is the status whose iterations stand for all of a loop; undefined when there are none. */
export function representativeStatus(present: Iterable<StepStatus>): StepStatus | undefined {
  const found = new Set(present);
  return ORDER.find((status) => found.has(status));
}
