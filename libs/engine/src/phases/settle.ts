import type { Millis } from '@maestro/domain';
import { PRESETS } from '@maestro/sel';
import type { Draft } from '../draft.js';
import { endRun } from '../end-run.js';
import { chooseSuccessors, type Choice } from '../evaluation.js';
import type { WorkingStep } from '../working-step.js';
import { askEvaluation } from './ask-evaluation.js';
import { complete } from './complete.js';
import { endAttempt } from './end-attempt.js';
import { isBeingSkipped, skipTo } from './skip.js';

/**
 * settle evaluates the conditions of a step whose work is over, and completes it. A step that rests here for an evaluation is
 * FINISHING when it succeeded, and still CREATED when it is skipped; one in any other status failed and has its failure ignored.
 */
export function settle(draft: Draft, step: WorkingStep, at: Millis): void {
  const choice = chooseSuccessors(draft, step, PRESETS.IN_PLACE);
  if (choice.kind === 'value') settleChoice(draft, step, choice.value, at);
  else if (choice.kind === 'exhausted') askEvaluation(draft, step, 'conditions', at);
  else settleChoice(draft, step, { taken: [], failures: [choice.message] }, at);
}

/** settleChoice: a condition that cannot be evaluated fails the step; in a step that already failed it counts as false. */
export function settleChoice(draft: Draft, step: WorkingStep, choice: Choice, at: Millis): void {
  if (isBeingSkipped(step)) return skipTo(draft, step, choice, at);
  if (step.status !== 'FINISHING') return complete(draft, step, 'COMPLETED_WITH_ERROR', choice.taken, at);
  if (choice.failures.length === 0) return complete(draft, step, 'SUCCEEDED', choice.taken, at);
  const message = choice.failures.join('; ');
  if (draft.planStep(step.ordinal).failureMode !== 'IGNORE_FAILURE') return endFatally(draft, step, message, at);
  noteIgnored(draft, step, message, at);
  complete(draft, step, 'COMPLETED_WITH_ERROR', choice.taken, at);
}

/** failForGood ends a step that gets no further attempt by its failure mode. */
export function failForGood(draft: Draft, step: WorkingStep, message: string, at: Millis): void {
  if (draft.planStep(step.ordinal).failureMode !== 'IGNORE_FAILURE') return endFatally(draft, step, message, at);
  noteIgnored(draft, step, message, at);
  settle(draft, step, at);
}

function endFatally(draft: Draft, step: WorkingStep, message: string, at: Millis): void {
  endAttempt(draft, step, 'FATALLY_FAILED', message, at);
  const { failureMode, id } = draft.planStep(step.ordinal);
  if (failureMode !== 'FAIL_IMMEDIATELY') return;
  const reason = `step ${id} failed, and its failure mode is FAIL_IMMEDIATELY`;
  endRun(draft, { status: 'FAILED', by: 'maestro', reason, since: at }, at);
}

function noteIgnored(draft: Draft, step: WorkingStep, message: string, at: Millis): void {
  const errors = ['The failure mode of the step is IGNORE_FAILURE: its successors proceed.'];
  draft.note(
    { type: 'DETAILS', timestamp: at, status: 'COMPLETED_WITH_ERROR', message, errors, retryable: false },
    step,
  );
}
