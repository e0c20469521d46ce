import type { AwaitedSignal, Millis, StepSignals } from '@maestro/domain';
import { PRESETS } from '@maestro/sel';
import type { Draft } from '../draft.js';
import { askEvaluation } from '../phases/ask-evaluation.js';
import { prepare } from '../phases/prepare.js';
import { failForGood } from '../phases/settle.js';
import type { WorkingStep } from '../working-step.js';
import { askSignalService } from './ask-signal-service.js';
import { evaluateDependencies } from './evaluate-dependencies.js';

/** awaitSignals finds out what an attempt depends on; one that depends on nothing goes on at once. */
export function awaitSignals(draft: Draft, step: WorkingStep, at: Millis): void {
  const { signalDependencies } = draft.planStep(step.ordinal).definition;
  if (signalDependencies === undefined || signalDependencies.length === 0) return goOn(draft, step, at);
  const tried = evaluateDependencies(draft, step, PRESETS.IN_PLACE);
  if (tried.kind === 'value') waitForSignals(draft, step, tried.value, at);
  else if (tried.kind === 'exhausted') askEvaluation(draft, step, 'dependencies', at);
  else failForGood(draft, step, tried.message, at);
}

/** waitForSignals waits for what an earlier attempt, or an earlier run, was not freed by before. */
export function waitForSignals(
  draft: Draft,
  step: WorkingStep,
  dependencies: readonly AwaitedSignal[],
  at: Millis,
): void {
  step.evaluating = undefined;
  step.dueAt = undefined;
  const before = matchedBefore(draft, step);
  step.signals = { ...step.signals, dependencies: dependencies.map((each) => before.get(keyOf(each)) ?? each) };
  if (isFree(step.signals)) goOn(draft, step, at);
  else askSignalService(draft, step, at);
}

/** goOn leaves the phase: the step has what it depends on. */
export function goOn(draft: Draft, step: WorkingStep, at: Millis): void {
  step.dueAt = undefined;
  step.unanswered = undefined;
  draft.move(step, 'EVALUATING_PARAMS', at);
  prepare(draft, step, at);
}

/** isFree: nothing is waited for any more. */
export function isFree({ dependencies = [] }: StepSignals): boolean {
  return dependencies.every(({ status }) => status === 'MATCHED' || status === 'SKIPPED');
}

function matchedBefore(draft: Draft, step: WorkingStep): ReadonlyMap<string, AwaitedSignal> {
  const ofRun = draft.header.restart?.matched?.find(({ ordinal }) => ordinal === step.ordinal)?.dependencies;
  const known = [...(ofRun ?? []), ...(step.signals?.dependencies ?? [])];
  return new Map(known.filter(({ status }) => status === 'MATCHED').map((each) => [keyOf(each), each]));
}

/** The same signal with the same values is the same dependency; since when it is waited for may differ. */
function keyOf({ name, matchParams }: AwaitedSignal): string {
  const values = Object.entries(matchParams).map(([key, { value, operator }]) => [
    key,
    operator,
    typeof value,
    String(value),
  ]);
  return JSON.stringify([name, values.sort()]);
}
