import {
  isFailedStep,
  isRetryableStep,
  isTerminalStep,
  type StepStatus,
  type WorkflowInstanceStatus,
} from '@maestro/domain';

/** Handed to an executor, or run in place. */
const BEGUN: ReadonlySet<StepStatus> = new Set(['STARTING', 'RUNNING', 'FINISHING']);

/** failedForGood: no further attempt follows by itself. A failure that the definition ignores is none. */
export const failedForGood = (status: StepStatus): boolean => isFailedStep(status) || status === 'TIMED_OUT';
export const failedRun = (status: WorkflowInstanceStatus): boolean => status === 'FAILED' || status === 'TIMED_OUT';
export const begunStep = (status: StepStatus): boolean => BEGUN.has(status);
/** endedStep: nothing of the step runs any more, and nothing follows by itself. */
export const endedStep = (status: StepStatus): boolean => isTerminalStep(status) && !isRetryableStep(status);
