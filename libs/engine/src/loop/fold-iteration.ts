import type { Millis, ParamValueMap, WorkflowInstanceStatus } from '@maestro/domain';
import { confirmCancel } from '../cancel.js';
import type { Draft } from '../draft.js';
import { endAttempt } from '../phases/end-attempt.js';
import { failForGood } from '../phases/settle.js';
import { finish } from '../phases/finish.js';
import type { LeafCounts, LoopState } from '../state.js';
import type { WorkingStep } from '../working-step.js';
import { isHalted, launchIterations } from './launch-iterations.js';
import { waitingReruns } from './reruns.js';
import { addLeaves } from './rollup.js';
import { nextIteration, withVariables } from './while.js';

/** IterationEnd is what a loop hears of an iteration that has ended. */
export interface IterationEnd {
  readonly index: number;
  readonly status: WorkflowInstanceStatus;
  readonly rollup: LeafCounts;
  readonly values?: ParamValueMap | undefined;
}

/** foldIteration counts an iteration that has ended and goes on with the loop, at the same cost for the first and the last of them. */
export function foldIteration(draft: Draft, step: WorkingStep, loop: LoopState, end: IterationEnd, at: Millis): void {
  const { index, status, rollup } = end;
  step.loop = {
    ...loop,
    running: loop.running.filter((other) => other !== index),
    ended: { ...loop.ended, [status]: (loop.ended[status] ?? 0) + 1 },
    rollup: addLeaves(loop.rollup, rollup),
  };
  if (step.cancelling) return confirmWhenDone(draft, step, at);
  if (draft.planStep(step.ordinal).runs === 'while') foldWhile(draft, step, end, at);
  else foldForeach(draft, step, step.loop, at);
}

/** A loop that is being cancelled ends when none of its iterations is under way any more. */
function confirmWhenDone(draft: Draft, step: WorkingStep, at: Millis): void {
  if (step.loop?.running.length === 0) confirmCancel(draft, step, at);
}

function foldForeach(draft: Draft, step: WorkingStep, loop: LoopState, at: Millis): void {
  const { failureMode } = draft.planStep(step.ordinal);
  if (isHalted(loop) && failureMode === 'FAIL_IMMEDIATELY' && loop.running.length > 0) {
    endIterations(draft, step, 'an iteration failed, and the failure mode of the loop is FAIL_IMMEDIATELY');
  }
  goOnWithForeach(draft, step, loop, at);
}

/** goOnWithForeach launches what there is room for, or ends the loop when nothing is left to run. */
export function goOnWithForeach(draft: Draft, step: WorkingStep, loop: LoopState, at: Millis): void {
  const done = isHalted(loop) || loop.next === loop.total;
  if (done && waitingReruns(step).length === 0 && loop.running.length === 0) conclude(draft, step, loop, at);
  else launchIterations(draft, step);
}

function foldWhile(draft: Draft, step: WorkingStep, { status, values }: IterationEnd, at: Millis): void {
  if (status !== 'SUCCEEDED') return conclude(draft, step, step.loop, at);
  if (values) step.params = withVariables(step.params ?? {}, values, at);
  nextIteration(draft, step, at);
}

/** The loop fares as the worst of its iterations; none of them is tried again by itself (specification §5.2). */
function conclude(draft: Draft, step: WorkingStep, loop: LoopState | undefined, at: Millis): void {
  const count = (status: WorkflowInstanceStatus): number => (loop?.ended[status] ?? 0) + (loop?.kept?.[status] ?? 0);
  const [FAILED, TIMED_OUT, STOPPED] = [count('FAILED'), count('TIMED_OUT'), count('STOPPED')];
  if (FAILED > 0) failForGood(draft, step, `${FAILED} of its iterations failed`, at);
  else if (TIMED_OUT > 0) endAttempt(draft, step, 'TIMED_OUT', `${TIMED_OUT} of its iterations timed out`, at);
  else if (STOPPED > 0) endAttempt(draft, step, 'STOPPED', `${STOPPED} of its iterations were stopped`, at);
  else finish(draft, step, at, at);
}

/** endIterations stops all iterations under way; the loop hears of each of their ends. */
export function endIterations(draft: Draft, step: WorkingStep, reason: string): void {
  const { ordinal, attempt } = step;
  draft.commands.push({ type: 'end-children', ordinal, attempt, reason });
}
