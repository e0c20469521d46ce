import { isCompleteStep } from '@maestro/domain';
import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { restartInPlace } from '../loop/restart-iteration-in-place.js';
import { initialize } from '../phases/begin.js';
import { childBefore } from '../restart/restart-below.js';
import type { StepState } from '../state.js';
import { isUnderWay } from '../working-step.js';

type Requested = Extract<EngineEvent, { type: 'restart-requested' }>;

/**
 * onRestartRequested begins a step again by a new attempt, within the run: one that came to its end without being complete, in a run that
 * goes on beside it. Its own retries begin anew.
 */
export function onRestartRequested(draft: Draft, { ordinal, restart, iteration, at }: Requested): Verdict {
  const ended = draft.step(ordinal);
  if (draft.header.status !== 'IN_PROGRESS' || draft.header.ending || !ended) return 'ended';
  if (ended.status === 'RUNNING' && iteration) return restartInPlace(draft, ended, iteration, restart);
  if (!isRestartable(ended)) return 'ended';
  if (draft.planStep(ordinal).failureMode !== 'FAIL_AFTER_RUNNING') return 'ended';
  const step = draft.create(ordinal, ended.attempt + 1, at);
  const child = ended.child ?? childBefore(draft.header, ended);
  step.restart = { ...restart, ...(child === undefined ? {} : { child }) };
  step.manualRetries = (ended.manualRetries ?? 0) + 1;
  draft.note({ type: 'ACTION', timestamp: at, action: 'RESTART', author: restart.by }, step);
  initialize(draft, step, at);
  return 'accepted';
}

/** isRestartable: it ended, nothing follows it, and no further attempt comes by itself. */
function isRestartable({ status, inherited }: StepState): boolean {
  return !isUnderWay(status) && !isCompleteStep(status) && inherited === undefined;
}
