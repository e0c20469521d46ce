import { isCompleteStep, isTerminalInstance, MaestroError, STEP_ACTION_MAP, type StepStatus } from '@maestro/domain';
import type { StepState } from '@maestro/engine';
import type { RunWithPlan } from './read-run.js';
import { latestAttempts } from '../queries/latest-attempts.js';
import { STEP_ACTS, type PersonalStepAction } from './step-acts.js';

/** StepTarget is the step that somebody acts on. */
export interface StepTarget {
  readonly ordinal: number;
  /** 0 = the latest. */
  readonly attempt: number;
  readonly action: PersonalStepAction;
}

/** CheckedStep is the attempt that is acted on, and whether it is already what was asked for. */
export interface CheckedStep {
  readonly step: StepState;
  readonly done: boolean;
}

/** checkStepAct says whether an act fits the state that a step and its run are in. Throws INVALID_STATE, which says what is in the way. */
export function checkStepAct({ run, plan }: RunWithPlan, { ordinal, attempt, action }: StepTarget): CheckedStep {
  const { header, attempts } = run;
  const place = `${header.workflowId}/${String(header.instanceId)}`;
  const name = `Step ${plan.steps[ordinal]?.id ?? ''} of ${place}`;
  const { verb, before } = STEP_ACTS[action];
  const step = latestAttempts(attempts).get(ordinal);
  if (header.status === 'CREATED') throw refusal(`${place} has not begun; stop it, or wait for its run strategy.`);
  if (step === undefined)
    throw refusal(`${name} has not been created: the run has not come to it. It cannot be ${verb} yet.`);
  if (attempt !== 0 && attempt !== step.attempt)
    throw refusal(
      `Attempt ${String(attempt)} of step ${plan.steps[ordinal]?.id ?? ''} is not the latest; that is attempt ${String(step.attempt)}.`,
    );
  if (before.includes(step.status)) return { step, done: true };
  if (isTerminalInstance(header.status))
    throw refusal(`${place} has ended ${header.status}; restart it to run its steps again.`);
  if (header.ending !== undefined)
    throw refusal(`${place} is being ended (${header.ending.reason}), and with it all of its steps.`);
  if (!fits(step.status, action))
    throw refusal(`${name} is ${step.status} and cannot be ${verb}. ${whatFits(step.status)}`);
  return { step, done: false };
}

/** A complete step is skipped by a restart only, which is another act. */
function fits(status: StepStatus, action: PersonalStepAction): boolean {
  return STEP_ACTION_MAP[status].includes(action) && !isCompleteStep(status);
}

function whatFits(status: StepStatus): string {
  const acts = STEP_ACTION_MAP[status].filter((action) => action === 'RESTART' || !isCompleteStep(status));
  return `What fits this status: ${acts.join(', ')}.`;
}

function refusal(message: string): MaestroError {
  return new MaestroError('INVALID_STATE', message);
}
