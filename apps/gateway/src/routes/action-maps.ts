import type { StepStatus, WorkflowInstanceStatus } from '@maestro/domain';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';

/** Which acts fit an instance in which status (§3.10 of Maestro's model). */
const INSTANCE_ACTIONS: Readonly<Record<WorkflowInstanceStatus, readonly string[]>> = {
  CREATED: ['STOP', 'KILL'],
  IN_PROGRESS: ['STOP', 'KILL'],
  PAUSED: ['STOP', 'KILL'],
  TIMED_OUT: ['RESTART'],
  STOPPED: ['RESTART'],
  FAILED: ['RESTART', 'UNBLOCK'],
  SUCCEEDED: ['RESTART'],
};

const RUNNING = ['STOP', 'KILL', 'SKIP'];
const ENDED = ['RESTART', 'SKIP'];

/** Which acts fit a step in which status (§3.10 of Maestro's model). */
const STEP_ACTIONS: Readonly<Record<StepStatus, readonly string[]>> = {
  NOT_CREATED: [],
  CREATED: ['PAUSE', 'STOP', 'KILL'],
  INITIALIZED: ['PAUSE', 'STOP', 'KILL', 'SKIP'],
  PAUSED: ['RESUME', 'STOP', 'KILL', 'SKIP'],
  WAITING_FOR_SIGNALS: ['STOP', 'KILL', 'SKIP', 'BYPASS_STEP_DEPENDENCIES'],
  EVALUATING_PARAMS: RUNNING,
  WAITING_FOR_PERMITS: RUNNING,
  STARTING: RUNNING,
  RUNNING,
  FINISHING: RUNNING,
  DISABLED: ['RESTART'],
  UNSATISFIED: ['RESTART'],
  SKIPPED: ENDED,
  SUCCEEDED: ENDED,
  COMPLETED_WITH_ERROR: ENDED,
  USER_FAILED: RUNNING,
  PLATFORM_FAILED: RUNNING,
  TIMEOUT_FAILED: RUNNING,
  FATALLY_FAILED: ENDED,
  INTERNALLY_FAILED: ENDED,
  STOPPED: ENDED,
  TIMED_OUT: ENDED,
};

/** getInstanceActionMap: GET /workflows/instances/action-map. */
export const getInstanceActionMap: Handler = () => Promise.resolve(ok(() => INSTANCE_ACTIONS));

/** getStepActionMap: GET /workflows/steps/instances/action-map. */
export const getStepActionMap: Handler = () => Promise.resolve(ok(() => STEP_ACTIONS));
