import { MAX_TIMEOUT_SECS, type Millis } from '@maestro/domain';
import type { Draft } from '../draft.js';
import type { StepState } from '../state.js';
import type { WorkingStep } from '../working-step.js';

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

/** restUntilTimeout leaves a step that waits for others nothing to do by itself but to time out. */
export function restUntilTimeout(draft: Draft, step: WorkingStep): void {
  const timeout = timeoutAt(step);
  step.dueAt = undefined;
  if (timeout !== undefined) draft.setDue(step, timeout);
}
