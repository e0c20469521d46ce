import { isRetryableStep, isTerminalInstance, isTerminalStep, type Millis } from '@maestro/domain';
import { EVALUATION_REPEAT_MILLIS, type RunHeader, type StepState } from '@maestro/engine';

/** WATCH_MILLIS after its dispatch an attempt that nobody has claimed is looked after: its message may be lost. */
export const WATCH_MILLIS = 30_000;

/** watchDue is when a dispatched, unclaimed attempt is next looked after; undefined when it needs no watching. */
export function watchDue(step: StepState, at: Millis): Millis | undefined {
  if (!isUnclaimed(step)) return undefined;
  const { dispatchedAt } = step;
  const rounds = Math.floor(Math.max(0, at - dispatchedAt) / WATCH_MILLIS) + 1;
  return dispatchedAt + rounds * WATCH_MILLIS;
}

/** isUnclaimed: its message was published, and nobody has said to have it. */
export function isUnclaimed(step: StepState): step is StepState & { readonly dispatchedAt: Millis } {
  return step.dispatchedAt !== undefined && step.claimedBy === undefined && !isTerminalStep(step.status);
}

/**
 * nextDue is when a run next needs a timer: the earliest of its steps' own times, of the watch over its dispatches and
 * of its time-out. Looks at every step, so it is for timers that fired, not for every event.
 */
export function nextDue(header: RunHeader, steps: Iterable<StepState>, at: Millis): Millis | undefined {
  if (isTerminalInstance(header.status)) return undefined;
  let due = header.startTime === undefined ? askAgainAt(header) : header.startTime + header.timeoutMillis;
  for (const step of steps) {
    // The next attempt of a step of a paused run waits for a person, who sets the timer anew.
    if (header.status === 'PAUSED' && isRetryableStep(step.status)) continue;
    due = earlier(earlier(due, step.dueAt), watchDue(step, at));
  }
  return due;
}

/** When the params of a run that waits for them are asked for again. */
function askAgainAt({ evaluation }: RunHeader): Millis | undefined {
  return evaluation?.since === undefined ? undefined : evaluation.since + EVALUATION_REPEAT_MILLIS;
}

/** earlier is the earlier of two times that may not be set. */
export function earlier(left: Millis | undefined, right: Millis | undefined): Millis | undefined {
  if (left === undefined) return right;
  return right === undefined ? left : Math.min(left, right);
}
