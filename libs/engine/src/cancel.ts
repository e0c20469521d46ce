import { isRetryableStep, type Millis } from '@maestro/domain';
import type { Draft } from './draft.js';
import { endAttempt, endFailed } from './phases/end-attempt.js';
import { skip } from './phases/skip.js';
import { goesOnAlone } from './phases/goes-on-alone.js';
import { giveUpReruns } from './loop/restart-iteration-in-place.js';
import type { Cancelling, StepState } from './state.js';
import { closeWaits } from './signals/close-waits.js';
import { askForChild } from './subworkflow/ask-for-child.js';
import { CANCEL_REPEAT_MILLIS, CERTAIN_AFTER_MILLIS, CHILDREN_REPEAT_MILLIS } from './timing.js';
import { isHandedOut, type WorkingStep } from './working-step.js';

/**
 * cancelStep brings a step that is under way to an end. What executors may be running is told to stop, and ends when that is
 * confirmed; everything else ends at once.
 */
export function cancelStep(
  draft: Draft,
  ordinal: number,
  target: Cancelling['target'],
  reason: string,
  at: Millis,
): void {
  const status = draft.step(ordinal)?.status;
  const step =
    status !== undefined && isRetryableStep(status) ? insteadOfRetry(draft, ordinal, at) : draft.edit(ordinal);
  step.cancelling = { target, reason, since: step.cancelling?.since ?? at };
  giveUpReruns(step);
  if (isHandedOut(step) && mayRun(draft, step, at)) askToStop(draft, step, at);
  else if (waitsForRuns(draft, step)) endBelow(draft, step, at);
  else confirmCancel(draft, step, at);
}

/** waitsForRuns: runs below it are under way, or may be. */
function waitsForRuns(draft: Draft, step: StepState): boolean {
  if (step.status !== 'RUNNING' || step.evaluating !== undefined) return false;
  const { runs, sync } = draft.planStep(step.ordinal);
  if (runs === 'subworkflow') return sync !== false && step.child?.status === undefined;
  return step.loop !== undefined && step.loop.running.length > 0;
}

/** endBelow stops the runs that a step started; it ends when they have. What was asked for and not yet answered is asked for again. */
export function endBelow(draft: Draft, step: WorkingStep, at: Millis): void {
  const { ordinal, attempt, cancelling } = step;
  if (!cancelling) return;
  const unknown = draft.planStep(ordinal).runs === 'subworkflow' && step.child === undefined;
  if (unknown) return askForChild(draft, step, at);
  draft.commands.push({ type: 'end-children', ordinal, attempt, reason: cancelling.reason });
  draft.setDue(step, at + CHILDREN_REPEAT_MILLIS);
}

/** The attempt that would have followed a failure is the one that ends: an attempt that ended never changes again. */
function insteadOfRetry(draft: Draft, ordinal: number, at: Millis): WorkingStep {
  const failed = draft.step(ordinal);
  const next = draft.create(ordinal, (failed?.attempt ?? 0) + 1, at);
  if (failed) next.retries = failed.retries;
  return next;
}

/**
 * mayRun: it was published, and it is claimed, goes on without an executor, or is so young that somebody may have started it
 * without a claim.
 */
function mayRun(draft: Draft, step: StepState, at: Millis): boolean {
  if (step.claimedBy !== undefined || goesOnAlone(draft, step)) return true;
  return step.dispatchedAt !== undefined && at < step.dispatchedAt + CERTAIN_AFTER_MILLIS;
}

/** askToStop sends the cancel, and makes the time at which it is sent again or needs no answer any more. */
export function askToStop(draft: Draft, step: WorkingStep, at: Millis): void {
  if (!step.cancelling) return;
  draft.commands.push({
    type: 'cancel-attempt',
    ordinal: step.ordinal,
    attempt: step.attempt,
    dispatch: step.dispatch,
    reason: step.cancelling.reason,
    ...(step.claimedBy === undefined ? {} : { executorId: step.claimedBy }),
  });
  const needsAnswer = step.claimedBy !== undefined || goesOnAlone(draft, step);
  const certain = needsAnswer ? Infinity : (step.dispatchedAt ?? at) + CERTAIN_AFTER_MILLIS;
  draft.setDue(step, Math.min(at + CANCEL_REPEAT_MILLIS, certain));
}

/** repeatCancel is what a timer does to an attempt that is being cancelled. */
export function repeatCancel(draft: Draft, step: WorkingStep, at: Millis): void {
  if (waitsForRuns(draft, step)) endBelow(draft, step, at);
  else if (mayRun(draft, step, at)) askToStop(draft, step, at);
  else confirmCancel(draft, step, at);
}

/** confirmCancel ends an attempt that certainly does not run any more. */
export function confirmCancel(draft: Draft, step: WorkingStep, at: Millis): void {
  const { target, reason } = step.cancelling ?? { target: 'STOPPED', reason: 'cancelled' };
  if (step.again && !draft.header.ending) draft.again.push({ ordinal: step.ordinal, restart: step.again });
  if (step.status === 'WAITING_FOR_SIGNALS') closeWaits(draft, step, 'CANCELED');
  if (target === 'TIMEOUT_FAILED') endFailed(draft, step, 'TIMEOUT', reason, at);
  else if (target === 'SKIPPED') skip(draft, step, at);
  else endAttempt(draft, step, target, reason, at);
}
