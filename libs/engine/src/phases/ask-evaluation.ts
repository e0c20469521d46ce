import type { Millis } from '@maestro/domain';
import type { Draft } from '../draft.js';
import type { EvaluationPhase } from '../state.js';
import { EVALUATION_REPEAT_MILLIS } from '../timing.js';
import type { WorkingStep } from '../working-step.js';

/** askEvaluation leaves the step in its phase until `evaluated` comes; an answer that got lost is asked for again. */
export function askEvaluation(draft: Draft, step: WorkingStep, phase: EvaluationPhase, at: Millis): void {
  step.evaluating = phase;
  draft.setDue(step, at + EVALUATION_REPEAT_MILLIS);
  draft.commands.push({ type: 'evaluate', ordinal: step.ordinal, attempt: step.attempt, phase });
}
