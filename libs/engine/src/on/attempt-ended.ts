import { failedOutput, type JsonObject, type Millis, type ParamDefinitions } from '@maestro/domain';
import { confirmCancel } from '../cancel.js';
import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { AttemptOutcome, EngineEvent } from '../event.js';
import { applyOutputs } from '../outputs.js';
import { fail } from '../phases/fail.js';
import { failForGood } from '../phases/settle.js';
import { finish } from '../phases/finish.js';
import type { WorkingStep } from '../working-step.js';
import { currentAttempt } from './current-attempt.js';

type AttemptEnded = Extract<EngineEvent, { type: 'attempt-ended' }>;

/**
 * onAttemptEnded: an attempt that is being cancelled ends as the cancel says, whatever its outcome. What ended at another executor than the
 * one that holds the attempt does not count: it was silent for so long that the attempt was given away, and still runs there.
 */
export function onAttemptEnded(draft: Draft, event: AttemptEnded): Verdict {
  const current = currentAttempt(draft, event);
  if (!current) return 'ended';
  const { claimedBy } = current;
  if (event.executorId !== undefined && claimedBy !== undefined && claimedBy !== event.executorId) return 'held';
  const step = draft.edit(event.ordinal);
  if (event.artifacts) step.artifacts = { ...step.artifacts, ...event.artifacts };
  for (const entry of event.timeline) draft.note(entry, step);
  const executed = executedAt(step, event);
  if (step.status === 'STARTING' && !step.cancelling) draft.move(step, 'RUNNING', executed);
  if (step.cancelling) confirmCancel(draft, step, event.at);
  else if (event.outcome === 'DONE') succeed(draft, step, event, executed);
  else end(draft, step, event.outcome, event.message ?? MESSAGES[event.outcome], event.at);
  return 'accepted';
}

/** The executor's clock is believed within what the scheduler knows: not before the start, not after its report. */
function executedAt(step: WorkingStep, event: AttemptEnded): Millis {
  const told = step.times.execute ?? event.startedAt ?? event.at;
  return Math.min(Math.max(told, step.times.start ?? told), event.at);
}

function succeed(draft: Draft, step: WorkingStep, event: AttemptEnded, executed: Millis): void {
  const { outputs = {} } = event;
  const applied = applyOutputs(draft, step, outputs, event.at);
  if (applied.kind === 'error') {
    step.artifacts = { ...step.artifacts, ...failedOutput(jsonOf(outputs)) };
    return fail(draft, step, 'USER', applied.message, event.at);
  }
  step.params = applied.params;
  const finished = Math.min(Math.max(event.endedAt ?? event.at, executed), event.at);
  finish(draft, step, finished, event.at);
}

/** Definitions are JSON in the domain's own shape. */
const jsonOf = (definitions: ParamDefinitions): JsonObject => definitions as unknown as JsonObject;

const MESSAGES: Readonly<Record<Exclude<AttemptOutcome, 'DONE'>, string>> = {
  USER_ERROR: 'The step failed.',
  PLATFORM_ERROR: 'The platform failed to run the step.',
  FATAL_ERROR: 'The step failed in a way that is not retried.',
  TIMED_OUT: 'The step ran for too long.',
  CANCELLED: 'The step was stopped where it ran, and nobody had asked for it.',
};

/** A CANCELLED that nobody asked for is the platform's doing, such as an executor that was drained. */
function end(
  draft: Draft,
  step: WorkingStep,
  outcome: Exclude<AttemptOutcome, 'DONE'>,
  message: string,
  at: Millis,
): void {
  if (outcome === 'USER_ERROR') fail(draft, step, 'USER', message, at);
  else if (outcome === 'TIMED_OUT') fail(draft, step, 'TIMEOUT', message, at);
  else if (outcome === 'FATAL_ERROR') failForGood(draft, step, message, at);
  else fail(draft, step, 'PLATFORM', message, at);
}
