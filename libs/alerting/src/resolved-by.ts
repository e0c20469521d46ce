import { isCompleteStep, isTerminalInstance, type AlertType } from '@maestro/domain';
import type { AlertSubject } from './alert.js';
import { endedStep } from './outcome.js';
import type { RunChange, StepChange } from './run-change.js';

/** Resolution names open alerts that no longer hold: those of the types about the subject and all that is within it. */
export interface Resolution {
  readonly types: readonly AlertType[];
  readonly subject: AlertSubject;
}

/** A run is no longer late or stuck once it has ended, well or badly. */
const OVER_AT_END: readonly AlertType[] = ['LONG_RUNNING', 'DEPENDENCY_LATE', 'BREAKPOINT_HIT'];
const OVER_AT_SUCCESS: readonly AlertType[] = [...OVER_AT_END, 'STEP_FAILURE', 'TCT_VIOLATION'];

/** resolvedBy: which alerts a change of a run puts right. A success does so for all runs of its instance, and for the wait for one. */
export function resolvedBy({ run, status, steps }: RunChange): readonly Resolution[] {
  const { workflowId, instanceId } = run;
  const ofSteps = steps.flatMap((step) => resolvedByStep({ ...run, stepId: step.stepId }, step));
  if (status === undefined || !isTerminalInstance(status.to)) return ofSteps;
  if (status.to !== 'SUCCEEDED') return [...ofSteps, { types: OVER_AT_END, subject: run }];
  return [
    { types: OVER_AT_SUCCESS, subject: { workflowId, instanceId } },
    { types: ['SUCCESS_WITHIN'], subject: { workflowId } },
  ];
}

function resolvedByStep(subject: AlertSubject, { from, to }: StepChange): readonly Resolution[] {
  const types: AlertType[] = [];
  if (from === 'PAUSED') types.push('BREAKPOINT_HIT');
  if (from === 'WAITING_FOR_SIGNALS') types.push('DEPENDENCY_LATE');
  if (endedStep(to)) types.push('LONG_RUNNING');
  if (isCompleteStep(to)) types.push('STEP_FAILURE', 'TCT_VIOLATION');
  return types.length === 0 ? [] : [{ types, subject }];
}
