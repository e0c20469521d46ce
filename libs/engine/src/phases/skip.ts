import type { Millis } from '@maestro/domain';
import { PRESETS } from '@maestro/sel';
import type { Draft } from '../draft.js';
import { chooseSuccessors, type Choice } from '../evaluation.js';
import type { WorkingStep } from '../working-step.js';
import { askEvaluation } from './ask-evaluation.js';
import { complete } from './complete.js';

/** skip completes a step that is not done (any more): its successors proceed as its conditions say. */
export function skip(draft: Draft, step: WorkingStep, at: Millis): void {
  const choice = chooseSuccessors(draft, step, PRESETS.IN_PLACE);
  if (choice.kind === 'value') skipTo(draft, step, choice.value, at);
  else if (choice.kind === 'exhausted') askEvaluation(draft, step, 'conditions', at);
  else skipTo(draft, step, { taken: [], failures: [choice.message] }, at);
}

/** skipTo: a condition of a skipped step that cannot be evaluated, as one that reads what the step would have put out, counts as false. */
export function skipTo(draft: Draft, step: WorkingStep, { taken, failures }: Choice, at: Millis): void {
  for (const failure of failures) {
    const message = `It is skipped, and a condition counts as false: ${failure}`;
    draft.note({ type: 'LOG', timestamp: at, level: 'WARN', message }, step);
  }
  complete(draft, step, 'SKIPPED', taken, at);
}

/** isBeingSkipped: the step rests for its conditions, to be SKIPPED then. */
export function isBeingSkipped(step: WorkingStep): boolean {
  return step.status === 'CREATED' || step.cancelling?.target === 'SKIPPED';
}
