import { isCompleteStep } from '@maestro/domain';
import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { restartInPlace } from '../loop/restart-iteration-in-place.js';
import { beginAgain } from '../phases/begin-again.js';
import type { StepRestart } from '../restart/restart-state.js';
import type { StepState } from '../state.js';
import { isUnderWay } from '../working-step.js';

type Requested = Extract<EngineEvent, { type: 'restart-requested' }>;

/**
 * onRestartRequested begins a step again by a new attempt, within the run: one that came to its end without being complete, in a run that
 * goes on beside it; one that a person is ending begins again when it has ended.
 */
export function onRestartRequested(draft: Draft, { ordinal, restart, iteration, at }: Requested): Verdict {
  const ended = draft.step(ordinal);
  if (draft.header.status !== 'IN_PROGRESS' || draft.header.ending || !ended) return 'ended';
  if (ended.status === 'RUNNING' && iteration) return restartInPlace(draft, ended, iteration, restart);
  if (draft.planStep(ordinal).failureMode !== 'FAIL_AFTER_RUNNING') return 'ended';
  if (isBeingEnded(ended)) return afterItsEnd(draft, ended, restart);
  if (!isRestartable(ended)) return 'ended';
  beginAgain(draft, ended, restart, at);
  return 'accepted';
}

/** A step that a person is ending begins again once it has ended: the acts on one step are done in their order. */
function afterItsEnd(draft: Draft, { ordinal, again }: StepState, restart: StepRestart): Verdict {
  if (again) return again.requestId === restart.requestId ? 'accepted' : 'ended';
  draft.edit(ordinal).again = restart;
  return 'accepted';
}

/** isBeingEnded: it will come to an end that nothing follows. */
function isBeingEnded({ status, cancelling }: StepState): boolean {
  return isUnderWay(status) && (cancelling?.target === 'STOPPED' || cancelling?.target === 'FATALLY_FAILED');
}

/** isRestartable: it ended, nothing follows it, and no further attempt comes by itself. */
function isRestartable({ status, inherited }: StepState): boolean {
  return !isUnderWay(status) && !isCompleteStep(status) && inherited === undefined;
}
