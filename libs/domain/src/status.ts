/** Statuses are data: `libs/engine` holds which may follow which. */
export const WORKFLOW_INSTANCE_STATUSES = [
  'CREATED',
  'IN_PROGRESS',
  'PAUSED',
  'TIMED_OUT',
  'STOPPED',
  'FAILED',
  'SUCCEEDED',
] as const;
export type WorkflowInstanceStatus = (typeof WORKFLOW_INSTANCE_STATUSES)[number];

const TERMINAL_INSTANCE: ReadonlySet<WorkflowInstanceStatus> = new Set(['TIMED_OUT', 'STOPPED', 'FAILED', 'SUCCEEDED']);

export const isTerminalInstance = (status: WorkflowInstanceStatus): boolean => TERMINAL_INSTANCE.has(status);

export const STEP_STATUSES = [
  'NOT_CREATED',
  'CREATED',
  'INITIALIZED',
  'PAUSED',
  'WAITING_FOR_SIGNALS',
  'EVALUATING_PARAMS',
  'WAITING_FOR_PERMITS',
  'STARTING',
  'RUNNING',
  'FINISHING',
  'DISABLED',
  'UNSATISFIED',
  'SKIPPED',
  'SUCCEEDED',
  'COMPLETED_WITH_ERROR',
  'USER_FAILED',
  'PLATFORM_FAILED',
  'TIMEOUT_FAILED',
  'FATALLY_FAILED',
  'INTERNALLY_FAILED',
  'STOPPED',
  'TIMED_OUT',
] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

const COMPLETE_STEP: ReadonlySet<StepStatus> = new Set([
  'DISABLED',
  'UNSATISFIED',
  'SKIPPED',
  'SUCCEEDED',
  'COMPLETED_WITH_ERROR',
]);
const RETRYABLE_STEP: ReadonlySet<StepStatus> = new Set(['USER_FAILED', 'PLATFORM_FAILED', 'TIMEOUT_FAILED']);
const FAILED_STEP: ReadonlySet<StepStatus> = new Set(['FATALLY_FAILED', 'INTERNALLY_FAILED']);
const ENDED_STEP: ReadonlySet<StepStatus> = new Set(['STOPPED', 'TIMED_OUT']);
const OVERVIEW_STEP: ReadonlySet<StepStatus> = new Set([
  'PAUSED',
  'WAITING_FOR_SIGNALS',
  'EVALUATING_PARAMS',
  'WAITING_FOR_PERMITS',
  'RUNNING',
  ...RETRYABLE_STEP,
  ...FAILED_STEP,
]);

/** isCompleteStep: successors may proceed. */
export const isCompleteStep = (status: StepStatus): boolean => COMPLETE_STEP.has(status);
/** isRetryableStep: the attempt failed and a further attempt follows by itself. */
export const isRetryableStep = (status: StepStatus): boolean => RETRYABLE_STEP.has(status);
/** isFailedStep: failed for good; the run fails. */
export const isFailedStep = (status: StepStatus): boolean => FAILED_STEP.has(status);
/** isTerminalStep: this attempt will not change any more. */
export const isTerminalStep = (status: StepStatus): boolean =>
  COMPLETE_STEP.has(status) || RETRYABLE_STEP.has(status) || FAILED_STEP.has(status) || ENDED_STEP.has(status);
/** isOverviewStep: references to leaf steps in this status are listed in roll-ups. */
export const isOverviewStep = (status: StepStatus): boolean => OVERVIEW_STEP.has(status);
