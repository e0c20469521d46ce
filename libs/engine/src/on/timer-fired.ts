import { isRetryableStep, type Millis } from '@maestro/domain';
import { cancelStep, repeatCancel } from '../cancel.js';
import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import { endRun } from '../end-run.js';
import type { EngineEvent } from '../event.js';
import { beginLoop } from '../loop/begin-loop.js';
import { askEvaluation } from '../phases/ask-evaluation.js';
import { sleepEnd, timeoutAt } from '../phases/due.js';
import { finish } from '../phases/finish.js';
import { mayRetry } from '../retry.js';
import { askSignalService } from '../signals/ask-signal-service.js';
import { askForChild } from '../subworkflow/ask-for-child.js';
import type { WorkingStep } from '../working-step.js';

type TimerFired = Extract<EngineEvent, { type: 'timer-fired' }>;

/** onTimerFired does what is due and sets the timer anew; a timer that fires for nothing changes nothing else. */
export function onTimerFired(draft: Draft, { at }: TimerFired): Verdict {
  if (draft.header.status === 'CREATED') return 'ended';
  watchRunTimeout(draft, at);
  for (const ordinal of draft.underWay()) {
    const dueAt = draft.step(ordinal)?.dueAt;
    if (dueAt === undefined) continue;
    if (dueAt > at) draft.arm(dueAt);
    else stepDue(draft, ordinal, at);
  }
  return 'accepted';
}

function watchRunTimeout(draft: Draft, at: Millis): void {
  const { startTime, timeoutMillis, ending } = draft.header;
  if (startTime === undefined || ending) return;
  if (startTime + timeoutMillis > at) return draft.arm(startTime + timeoutMillis);
  const reason = `the workflow timed out ${timeoutMillis / 1_000} s after its start`;
  endRun(draft, { status: 'TIMED_OUT', by: 'maestro', reason, since: at }, at);
}

function stepDue(draft: Draft, ordinal: number, at: Millis): void {
  const status = draft.step(ordinal)?.status;
  if (status !== undefined && isRetryableStep(status)) {
    // The next attempt of a step of a paused run waits for `resume-requested`, which sets the timer anew.
    if (draft.header.status !== 'PAUSED') draft.ready.push(ordinal);
    return;
  }
  const step = draft.edit(ordinal);
  step.dueAt = undefined;
  if (step.evaluating !== undefined) askEvaluation(draft, step, step.evaluating, at);
  else if (step.cancelling) repeatCancel(draft, step, at);
  else if (step.unanswered) askSignalService(draft, step, at);
  else if (isAwake(draft, step, at)) finish(draft, step, at, at);
  else if (lacksChild(draft, step, at)) askForChild(draft, step, at);
  else if (lacksIterations(draft, step, at)) beginLoop(draft, step, at);
  else watchStepTimeout(draft, step, at);
}

function isAwake(draft: Draft, step: WorkingStep, at: Millis): boolean {
  return draft.planStep(step.ordinal).runs === 'sleep' && sleepEnd(step) <= at;
}

/** The start of its run has not been answered. */
function lacksChild(draft: Draft, step: WorkingStep, at: Millis): boolean {
  const asks = draft.planStep(step.ordinal).runs === 'subworkflow' && step.status === 'RUNNING' && !step.child;
  return asks && (timeoutAt(step) ?? Infinity) > at;
}

/** What became of its iterations in earlier runs has not been answered. */
function lacksIterations(draft: Draft, step: WorkingStep, at: Millis): boolean {
  const { runs } = draft.planStep(step.ordinal);
  const asks = (runs === 'foreach' || runs === 'while') && step.status === 'RUNNING' && !step.loop;
  return asks && (timeoutAt(step) ?? Infinity) > at;
}

function watchStepTimeout(draft: Draft, step: WorkingStep, at: Millis): void {
  const timeout = timeoutAt(step);
  if (timeout === undefined) return;
  if (timeout > at) return draft.setDue(step, timeout);
  const target = mayRetry(step, 'TIMEOUT') ? 'TIMEOUT_FAILED' : 'TIMED_OUT';
  const reason = `the step timed out ${(step.timeoutMillis ?? 0) / 1_000} s after its start`;
  cancelStep(draft, step.ordinal, target, reason, at);
}
