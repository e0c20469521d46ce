import type { StepStatus } from './status.js';

/** What a person may do to one step of a run. */
export const STEP_ACTIONS = ['PAUSE', 'RESUME', 'STOP', 'KILL', 'SKIP', 'RESTART', 'BYPASS_STEP_DEPENDENCIES'] as const;
export type StepAction = (typeof STEP_ACTIONS)[number];

const WORKING: readonly StepAction[] = ['STOP', 'KILL', 'SKIP'];
const ENDED: readonly StepAction[] = ['RESTART', 'SKIP'];

/** STEP_ACTION_MAP says which acts fit a step in which status (§3.10 of Maestro's model). */
export const STEP_ACTION_MAP: Readonly<Record<StepStatus, readonly StepAction[]>> = {
  NOT_CREATED: [],
  CREATED: ['PAUSE', 'STOP', 'KILL'],
  INITIALIZED: ['PAUSE', 'STOP', 'KILL', 'SKIP'],
  PAUSED: ['RESUME', 'STOP', 'KILL', 'SKIP'],
  WAITING_FOR_SIGNALS: ['STOP', 'KILL', 'SKIP', 'BYPASS_STEP_DEPENDENCIES'],
  EVALUATING_PARAMS: WORKING,
  WAITING_FOR_PERMITS: WORKING,
  STARTING: WORKING,
  RUNNING: WORKING,
  FINISHING: WORKING,
  DISABLED: ['RESTART'],
  UNSATISFIED: ['RESTART'],
  SKIPPED: ENDED,
  SUCCEEDED: ENDED,
  COMPLETED_WITH_ERROR: ENDED,
  USER_FAILED: WORKING,
  PLATFORM_FAILED: WORKING,
  TIMEOUT_FAILED: WORKING,
  FATALLY_FAILED: ENDED,
  INTERNALLY_FAILED: ENDED,
  STOPPED: ENDED,
  TIMED_OUT: ENDED,
};
