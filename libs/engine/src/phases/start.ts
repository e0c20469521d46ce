import type { Millis } from '@maestro/domain';
import type { Draft } from '../draft.js';
import { beginLoop } from '../loop/begin-loop.js';
import { beginSubworkflow } from '../subworkflow/begin-subworkflow.js';
import type { WorkingStep } from '../working-step.js';
import { restUntilTimeout, sleepEnd, timeoutAt } from './due.js';
import { finish } from './finish.js';

/** start sets the attempt to work: on an executor, as a timer, or not at all. */
export function start(draft: Draft, step: WorkingStep, at: Millis): void {
  draft.move(step, 'STARTING', at);
  const { runs } = draft.planStep(step.ordinal);
  if (runs === 'dispatched') return handOut(draft, step);
  draft.move(step, 'RUNNING', at);
  if (runs === 'sleep') sleep(draft, step, at);
  else if (runs === 'noop') finish(draft, step, at, at);
  else startRuns(draft, step, at);
}

function startRuns(draft: Draft, step: WorkingStep, at: Millis): void {
  restUntilTimeout(draft, step);
  if (draft.planStep(step.ordinal).runs === 'subworkflow') beginSubworkflow(draft, step, at);
  else beginLoop(draft, step, at);
}

/** handOut gives the attempt to its pool under a new dispatch number. */
export function handOut(draft: Draft, step: WorkingStep): void {
  step.dispatch += 1;
  step.dispatchedAt = undefined;
  const { ordinal, attempt, dispatch } = step;
  draft.commands.push({ type: 'dispatch-attempt', ordinal, attempt, dispatch });
  const timeout = timeoutAt(step);
  if (timeout !== undefined && !step.cancelling) draft.setDue(step, timeout);
}

function sleep(draft: Draft, step: WorkingStep, at: Millis): void {
  const end = sleepEnd(step);
  if (end <= at) return finish(draft, step, at, at);
  draft.setDue(step, Math.min(end, timeoutAt(step) ?? Infinity));
}
