import { isTerminalInstance, isTerminalStep, isRetryableStep, type Millis, type RunKey } from '@maestro/domain';
import type { EngineEvent, Plan, RunHeader, StepState, Verdict } from '@maestro/engine';
import type { Input } from '../commit/input.js';
import type { RunWatchers } from '../commit/run-watchers.js';
import type { RunChanges } from '../ports/run-changes.js';
import type { RunReader, RunReference } from '../ports/run-reader.js';
import { ordinalOf } from '../queries/find-step.js';
import { Latch } from '../watch/latch.js';
import { checkStepAct, type StepTarget } from './check-step-act.js';
import { readRunWithPlan, type ReadRunDeps, type RunWithPlan } from './read-run.js';
import { STEP_ACTS, type PersonalStepAction } from './step-acts.js';

export interface ActOnStepDeps extends ReadRunDeps {
  readonly reader: Pick<RunReader, 'read' | 'attempt' | 'sketch'>;
  /** Commits of this replica. */
  readonly watchers: Pick<RunWatchers, 'watch'>;
  /** Commits of other replicas. */
  readonly changes: Pick<RunChanges, 'watch'>;
  submit(input: Input): void;
  now(): Millis;
}

/** StepActAsk is what somebody wants of a step, and how long the answer may wait for it to happen. */
export interface StepActAsk {
  readonly run: RunReference;
  readonly stepId: string;
  /** 0 = the latest. */
  readonly attempt: number;
  readonly action: PersonalStepAction;
  readonly by: string;
  readonly reason: string;
  /** Milliseconds; 0 = answer after the commit of the act. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

/** ActedStep is the step after the act. */
export interface ActedStep {
  readonly plan: Plan;
  readonly header: RunHeader;
  readonly step: StepState;
  /** It has reached what was asked for. */
  readonly completed: boolean;
}

/** A hint of another replica that was lost costs at most this. */
const LOOK_EVERY_MS = 1_000;

/**
 * actOnStep acts on one step of a run and waits until that has been done, by hints of commits. Acts that the step is no longer there for
 * are refused, those that have been done already are answered as done. Throws INSTANCE_NOT_FOUND, STEP_NOT_FOUND, INVALID_STATE.
 */
export async function actOnStep(deps: ActOnStepDeps, ask: StepActAsk): Promise<ActedStep> {
  const before = await readRunWithPlan(deps, ask.run);
  const target: StepTarget = { ordinal: ordinalOf(before.plan, ask.stepId), attempt: ask.attempt, action: ask.action };
  const { step, done } = checkStepAct(before, target);
  if (done) return { plan: before.plan, header: before.run.header, step, completed: true };
  const { runKey } = before.run.header;
  const latch = new Latch();
  const stops = [deps.watchers.watch(runKey, latch.set), deps.changes.watch(runKey, latch.set)];
  try {
    const verdict = await submitted(deps, runKey, eventOf(ask, target.ordinal, step.attempt, deps.now()));
    if (verdict === 'ended') return await overtaken(deps, ask, target);
    return await untilDone(deps, ask, before, step, latch);
  } finally {
    for (const stop of stops) stop();
  }
}

function eventOf({ action, by, reason }: StepActAsk, ordinal: number, attempt: number, at: Millis): EngineEvent {
  return { type: STEP_ACTS[action].event, at, ordinal, attempt, by, reason };
}

function submitted(deps: ActOnStepDeps, runKey: RunKey, event: EngineEvent): Promise<Verdict> {
  return new Promise((settle, fail) => deps.submit({ kind: 'event', runKey, event, settle, fail }));
}

/** The step moved on between the look and the act: it is asked once more whether the act fits, and that says why not. */
async function overtaken(deps: ActOnStepDeps, ask: StepActAsk, target: StepTarget): Promise<ActedStep> {
  const now = await readRunWithPlan(deps, ask.run);
  const { step, done } = checkStepAct(now, target);
  return { plan: now.plan, header: now.run.header, step, completed: done };
}

async function untilDone(
  deps: ActOnStepDeps,
  { action, waitMs, signal }: StepActAsk,
  { plan, run }: RunWithPlan,
  acted: StepState,
  latch: Latch,
): Promise<ActedStep> {
  const giveUpAt = performance.now() + waitMs;
  for (;;) {
    const { header, step } = await look(deps, run.header, acted);
    const completed = STEP_ACTS[action].reached.includes(step.status);
    const left = giveUpAt - performance.now();
    if (completed || isOver(header, step) || left <= 0 || signal.aborted) return { plan, header, step, completed };
    await latch.past(Math.min(left, LOOK_EVERY_MS), signal);
  }
}

/** A run whose rows are gone is over: what is known of it is what was read first. */
async function look(
  { reader }: ActOnStepDeps,
  before: RunHeader,
  acted: StepState,
): Promise<{ readonly header: RunHeader; readonly step: StepState }> {
  const sketch = await reader.sketch(before.runKey);
  const attempts = sketch?.run.attempts.filter(({ ordinal }) => ordinal === acted.ordinal) ?? [];
  const step = attempts.reduce((latest, each) => (each.attempt >= latest.attempt ? each : latest), acted);
  return { header: sketch?.run.header ?? before, step };
}

/** It has ended otherwise: nothing is left to wait for. */
function isOver({ status }: RunHeader, step: StepState): boolean {
  return isTerminalInstance(status) || (isTerminalStep(step.status) && !isRetryableStep(step.status));
}
