import type { AnnouncedSignal, Millis } from '@maestro/domain';
import { PRESETS } from '@maestro/sel';
import type { Draft } from '../draft.js';
import { askSignalService } from '../signals/ask-signal-service.js';
import { announcesNothing, evaluateOutputs } from '../signals/evaluate-outputs.js';
import type { WorkingStep } from '../working-step.js';
import { askEvaluation } from './ask-evaluation.js';
import { failForGood, settle } from './settle.js';

/**
 * finish goes on with an attempt that did its work; `finished` is when it was done. What it announces is evaluated before it leaves its
 * status, so that signals which cannot be evaluated are a failure like any other.
 */
export function finish(draft: Draft, step: WorkingStep, finished: Millis, at: Millis): void {
  step.dueAt = undefined;
  if (announcesNothing(draft, step)) return announce(draft, step, [], finished, at);
  const tried = evaluateOutputs(draft, step, PRESETS.IN_PLACE);
  if (tried.kind === 'value') announce(draft, step, tried.value, finished, at);
  else if (tried.kind === 'exhausted') askEvaluation(draft, step, 'announcements', at);
  else failForGood(draft, step, tried.message, at);
}

/** announce has the signals of an attempt stored; it is complete when they are. */
export function announce(
  draft: Draft,
  step: WorkingStep,
  outputs: readonly AnnouncedSignal[],
  finished: Millis,
  at: Millis,
): void {
  step.evaluating = undefined;
  step.dueAt = undefined;
  draft.move(step, 'FINISHING', finished);
  if (outputs.length === 0) return settle(draft, step, at);
  step.signals = { ...step.signals, outputs };
  askSignalService(draft, step, at);
}
