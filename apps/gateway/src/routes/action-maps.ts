import { STEP_ACTION_MAP, type WorkflowInstanceStatus } from '@maestro/domain';
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

/** getInstanceActionMap: GET /workflows/instances/action-map. */
export const getInstanceActionMap: Handler = () => Promise.resolve(ok(() => INSTANCE_ACTIONS));

/** getStepActionMap: GET /workflows/steps/instances/action-map. */
export const getStepActionMap: Handler = () => Promise.resolve(ok(() => STEP_ACTION_MAP));
