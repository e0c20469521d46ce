import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { StepRestart } from '../restart/restart-state.js';
import type { LeafCounts, LoopState, StepState } from '../state.js';
import type { WorkingStep } from '../working-step.js';
import { launchIterations } from './launch-iterations.js';
import { addLeaves } from './rollup.js';
import { rerunOf, runIdOf, withRerun, type EndedIteration } from './reruns.js';

/**
 * restartInPlace runs one iteration again that has ended, while its loop goes on: it waits for a place as any other does, and the loop no
 * longer counts how it ended before.
 */
export function restartInPlace(draft: Draft, running: StepState, ended: EndedIteration, restart: StepRestart): Verdict {
  const { loop } = running;
  if (!loop || !mayRestart(draft, running, loop, ended)) return 'ended';
  const step = draft.edit(running.ordinal);
  const { index, runId } = ended;
  const { below: config, by, requestId } = restart;
  const next = Math.max(loop.runId, runId) + 1;
  step.loop = withoutEnd(loop, ended);
  step.reruns = withRerun(step.reruns, { index, runId: next, waiting: true, config, by, requestId, ended });
  launchIterations(draft, step);
  return 'accepted';
}

function mayRestart(draft: Draft, step: StepState, loop: LoopState, { index, runId, status }: EndedIteration): boolean {
  const { runs, failureMode } = draft.planStep(step.ordinal);
  if (runs !== 'foreach' || failureMode === 'FAIL_IMMEDIATELY' || step.cancelling) return false;
  if (loop.running.includes(index) || rerunOf(step, index)?.waiting === true) return false;
  const isKept = runId < loop.runId && rerunOf(step, index) === undefined;
  const counted = isKept ? loop.kept : loop.ended;
  return (isKept || runIdOf(step, index) === runId) && (counted?.[status] ?? 0) > 0;
}

/** giveUpReruns: a loop that is being stopped starts nothing any more; iterations that were to run again count as they had ended. */
export function giveUpReruns(step: WorkingStep): void {
  for (const rerun of step.reruns ?? []) {
    const { waiting, ended } = rerun;
    if (!waiting || ended === undefined || step.loop === undefined) continue;
    step.loop = withEnd(step.loop, ended);
    step.reruns = withRerun(step.reruns, { ...rerun, waiting: false, runId: ended.runId });
  }
}

function withEnd(loop: LoopState, { runId, status, rollup }: EndedIteration): LoopState {
  const part = runId < loop.runId ? 'kept' : 'ended';
  const counts = { ...loop[part], [status]: (loop[part]?.[status] ?? 0) + 1 };
  return { ...loop, [part]: counts, rollup: addLeaves(loop.rollup, rollup) };
}

function withoutEnd(loop: LoopState, { runId, status, rollup }: EndedIteration): LoopState {
  const part = runId < loop.runId ? 'kept' : 'ended';
  const left = Object.entries({ ...loop[part], [status]: (loop[part]?.[status] ?? 0) - 1 });
  return {
    ...loop,
    [part]: Object.fromEntries(left.filter(([, count]) => count > 0)),
    rollup: positive(addLeaves(loop.rollup, negative(rollup))),
  };
}

function negative(counts: LeafCounts): LeafCounts {
  return Object.fromEntries(Object.entries(counts).map(([status, count]) => [status, -count]));
}

function positive(counts: LeafCounts): LeafCounts {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
