import type { Millis } from '@maestro/domain';
import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { MatchedSignal } from '../event.js';
import type { StepState } from '../state.js';
import type { WorkingStep } from '../working-step.js';
import { goOn, isFree } from './await-signals.js';

/** waitingAttempt is an attempt that waits for signals; undefined = it waits no longer, or is another one. */
export function waitingAttempt(draft: Draft, ordinal: number, attempt: number): StepState | undefined {
  const step = draft.step(ordinal);
  return step?.status === 'WAITING_FOR_SIGNALS' && step.attempt === attempt ? step : undefined;
}

/** foldMatches notes which signals have come; the step goes on when it has all of them. A signal frees a dependency once. */
export function foldMatches(draft: Draft, step: WorkingStep, matched: readonly MatchedSignal[], at: Millis): Verdict {
  const found = new Map(matched.map((each) => [each.index, each]));
  const { dependencies = [] } = step.signals ?? {};
  step.signals = {
    ...step.signals,
    dependencies: dependencies.map((each, index) => {
      const match = found.get(index);
      if (match === undefined || each.status !== 'PENDING') return each;
      return { ...each, status: 'MATCHED', signalId: match.signalId, params: match.params };
    }),
  };
  if (isFree(step.signals)) goOn(draft, step, at);
  return 'accepted';
}
