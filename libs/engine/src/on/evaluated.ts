import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent, EvaluationResult } from '../event.js';
import { goOn } from '../loop/while.js';
import { announce } from '../phases/finish.js';
import { prepared } from '../phases/prepare.js';
import { failForGood, settleChoice } from '../phases/settle.js';
import { waitForSignals } from '../signals/await-signals.js';
import type { WorkingStep } from '../working-step.js';

type Evaluated = Extract<EngineEvent, { type: 'evaluated' }>;

/** onEvaluated goes on with a step that waited for an evaluation; an answer to a question that is no longer asked is late. */
export function onEvaluated(draft: Draft, event: Evaluated): Verdict {
  const waiting = draft.step(event.ordinal);
  const { result } = event;
  if (waiting?.evaluating === undefined || waiting.attempt !== event.attempt) return 'ended';
  if (result.kind !== 'error' && result.kind !== waiting.evaluating) return 'ended';
  apply(draft, draft.edit(event.ordinal), result, event.at);
  return 'accepted';
}

function apply(draft: Draft, step: WorkingStep, result: EvaluationResult, at: number): void {
  if (result.kind === 'params') prepared(draft, step, result.params, at);
  else if (result.kind === 'conditions') settleChoice(draft, step, { taken: result.taken, failures: [] }, at);
  else if (result.kind === 'loop') goOn(draft, step, result.holds, at);
  else if (result.kind === 'dependencies') waitForSignals(draft, step, result.dependencies, at);
  else if (result.kind === 'announcements') announce(draft, step, result.outputs, at, at);
  else if (step.evaluating !== 'conditions') failForGood(draft, step, result.message, at);
  else settleChoice(draft, step, { taken: [], failures: [result.message] }, at);
}
