import type { Millis } from '@maestro/domain';
import type { Draft } from '../draft.js';
import { childBefore } from '../restart/restart-below.js';
import type { StepRestart } from '../restart/restart-state.js';
import type { StepState } from '../state.js';
import { initialize } from './begin.js';

/** beginAgain begins a step that has ended by a new attempt, as a person wants it. Its own retries begin anew. */
export function beginAgain(draft: Draft, ended: StepState, restart: StepRestart, at: Millis): void {
  const step = draft.create(ended.ordinal, ended.attempt + 1, at);
  const child = ended.child ?? childBefore(draft.header, ended);
  step.restart = { ...restart, ...(child === undefined ? {} : { child }) };
  step.manualRetries = (ended.manualRetries ?? 0) + 1;
  draft.note({ type: 'ACTION', timestamp: at, action: 'RESTART', author: restart.by }, step);
  initialize(draft, step, at);
}
