import { attemptId, type Millis } from '@maestro/domain';
import type { DispatchRef, Plan, RunChange, StepState } from '@maestro/engine';
import { taskSubject } from '@maestro/messaging';
import { encodeTask } from './encode/encode-task.js';
import type { Outgoing } from './encode/outgoing.js';
import { planNames } from './encode/plan-names.js';

/** dispatchMessage is the task of one attempt for its pool's work queue. The message id is attempt and dispatch number. */
export function dispatchMessage(plan: Plan, { header }: RunChange, step: StepState, at: Millis): Outgoing {
  const { runKey } = header;
  const { ordinal, attempt, dispatch } = step;
  return {
    subject: subjectOf(plan, step),
    messageId: `${attemptId({ runKey, ordinal, attempt })}-task-${String(dispatch)}`,
    data: encodeTask(plan, header, step, at),
    runKey,
    ordinal,
    attempt,
    dispatch,
  };
}

function subjectOf(plan: Plan, { ordinal, pool }: StepState): string {
  if (pool === undefined) return planNames(plan).steps[ordinal]?.subject ?? '';
  return taskSubject({ pool, type: plan.steps[ordinal]?.type ?? '' });
}

/** isDispatchOf says whether a changed attempt is the one that a command names. */
export function isDispatchOf(step: StepState, command: DispatchRef): boolean {
  return step.ordinal === command.ordinal && step.attempt === command.attempt && step.dispatch === command.dispatch;
}
