import { MAX_TIMEOUT_SECS, type Millis } from '@maestro/domain';
import type { Draft } from '../draft.js';
import type { StepState } from '../state.js';
import type { WorkingStep } from '../working-step.js';
import { settle } from './settle.js';

/** start sets the attempt to work: on an executor, as a timer, or not at all. */
export function start(draft: Draft, step: WorkingStep, at: Millis): void {
  draft.move(step, 'STARTING', at);
  const { runs } = draft.planStep(step.ordinal);
  if (runs === 'dispatched') return handOut(draft, step);
  draft.move(step, 'RUNNING', at);
  if (runs === 'sleep') sleep(draft, step, at);
  else finish(draft, step, at, at);
}

/** handOut gives the attempt to its pool under a new dispatch number. */
export function handOut(draft: Draft, step: WorkingStep): void {
  step.dispatch += 1;
  step.dispatchedAt = undefined;
  const { ordinal, attempt, dispatch } = step;
  draft.commands.push({ type: 'dispatch-attempt', ordinal, attempt, dispatch });
  const timeout = timeoutAt(step);
  if (timeout !== undefined) draft.setDue(step, timeout);
}

function sleep(draft: Draft, step: WorkingStep, at: Millis): void {
  const end = sleepEnd(step);
  if (end <= at) return finish(draft, step, at, at);
  draft.setDue(step, Math.min(end, timeoutAt(step) ?? Infinity));
}

const DEFAULT_SLEEP_SECS = 3;

/** sleepEnd is when a Sleep step has slept long enough: `sleep_seconds` from its start; no run lasts longer than the cap. */
export function sleepEnd(step: StepState): Millis {
  const given = step.params?.['sleep_seconds']?.evaluatedResult;
  const seconds = typeof given === 'bigint' ? Number(given) : DEFAULT_SLEEP_SECS;
  return (step.times.start ?? 0) + Math.min(seconds, MAX_TIMEOUT_SECS) * 1_000;
}

/** timeoutAt is when the attempt times out; waiting for signals and permits does not count. */
export function timeoutAt(step: StepState): Millis | undefined {
  const { start } = step.times;
  return start === undefined || step.timeoutMillis === undefined ? undefined : start + step.timeoutMillis;
}

/** finish goes on with an attempt that did its work; `finished` is when it was done. */
export function finish(draft: Draft, step: WorkingStep, finished: Millis, at: Millis): void {
  step.dueAt = undefined;
  draft.move(step, 'FINISHING', finished);
  settle(draft, step, at);
}
