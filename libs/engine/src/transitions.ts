import type { StepStatus, WorkflowInstanceStatus } from '@maestro/domain';

/** Whatever a step does, a person may skip, stop or kill it, and its run may time out. */
const CUT_SHORT: readonly StepStatus[] = ['SKIPPED', 'STOPPED', 'TIMED_OUT', 'FATALLY_FAILED'];
const FAILURES: readonly StepStatus[] = [
  'USER_FAILED',
  'PLATFORM_FAILED',
  'TIMEOUT_FAILED',
  'INTERNALLY_FAILED',
  'COMPLETED_WITH_ERROR',
];

/**
 * STEP_TRANSITIONS says which status of an attempt may follow which (specification §6.4). An attempt that ended never
 * changes again: what follows a retryable failure is a new attempt.
 */
export const STEP_TRANSITIONS: Readonly<Record<StepStatus, readonly StepStatus[]>> = {
  NOT_CREATED: ['CREATED'],
  CREATED: ['INITIALIZED', 'UNSATISFIED', ...CUT_SHORT],
  INITIALIZED: ['PAUSED', 'WAITING_FOR_SIGNALS', ...CUT_SHORT],
  PAUSED: ['WAITING_FOR_SIGNALS', ...CUT_SHORT],
  WAITING_FOR_SIGNALS: ['EVALUATING_PARAMS', 'COMPLETED_WITH_ERROR', ...CUT_SHORT],
  EVALUATING_PARAMS: ['WAITING_FOR_PERMITS', 'COMPLETED_WITH_ERROR', ...CUT_SHORT],
  WAITING_FOR_PERMITS: ['STARTING', ...CUT_SHORT],
  STARTING: ['RUNNING', ...FAILURES, ...CUT_SHORT],
  RUNNING: ['FINISHING', ...FAILURES, ...CUT_SHORT],
  FINISHING: ['SUCCEEDED', 'INTERNALLY_FAILED', 'COMPLETED_WITH_ERROR', ...CUT_SHORT],
  DISABLED: [],
  UNSATISFIED: [],
  SKIPPED: [],
  SUCCEEDED: [],
  COMPLETED_WITH_ERROR: [],
  USER_FAILED: [],
  PLATFORM_FAILED: [],
  TIMEOUT_FAILED: [],
  FATALLY_FAILED: [],
  INTERNALLY_FAILED: [],
  STOPPED: [],
  TIMED_OUT: [],
};

/** RUN_TRANSITIONS says which status of a run may follow which. */
export const RUN_TRANSITIONS: Readonly<Record<WorkflowInstanceStatus, readonly WorkflowInstanceStatus[]>> = {
  CREATED: ['IN_PROGRESS', 'STOPPED', 'FAILED'],
  IN_PROGRESS: ['PAUSED', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'STOPPED'],
  PAUSED: ['IN_PROGRESS', 'FAILED', 'TIMED_OUT', 'STOPPED'],
  SUCCEEDED: [],
  FAILED: [],
  TIMED_OUT: [],
  STOPPED: [],
};

/** assertStepTransition throws when the engine is about to break its own rules: a defect, never a user's mistake. */
export function assertStepTransition(from: StepStatus, to: StepStatus): void {
  if (!STEP_TRANSITIONS[from].includes(to)) throw new Error(`a step never goes from ${from} to ${to}`);
}

/** assertRunTransition is the same for the run as a whole. */
export function assertRunTransition(from: WorkflowInstanceStatus, to: WorkflowInstanceStatus): void {
  if (!RUN_TRANSITIONS[from].includes(to)) throw new Error(`a run never goes from ${from} to ${to}`);
}
