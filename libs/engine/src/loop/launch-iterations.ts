import type { Draft } from '../draft.js';
import { nextIndex } from './kept-iterations.js';
import { startedReruns, waitingReruns } from './reruns.js';
import type { LoopState } from '../state.js';
import { TRANSITION_BUDGET } from '../timing.js';
import type { WorkingStep } from '../working-step.js';

/** How many iterations run at a time where nothing in the definition says; the original's limit of steps of a workflow. */
const DEFAULT_CONCURRENCY = 20;
/** What starting a run counts of a decision's budget: the run itself and its first steps. */
const LAUNCH_TRANSITIONS = 4;

/** launchIterations starts what may run beside the iterations under way; what a decision has no budget for follows in the next one. */
export function launchIterations(draft: Draft, step: WorkingStep): void {
  const { loop } = step;
  const again = waitingReruns(step);
  if (!loop || (isHalted(loop) && again.length === 0)) return;
  if (draft.header.status === 'PAUSED') return draft.hold(step.ordinal);
  const left = isHalted(loop) ? 0 : (loop.total ?? Infinity) - loop.next;
  const room = roomOf(draft, step, loop, again.length, left);
  const budget = Math.floor((TRANSITION_BUDGET - draft.transitions) / LAUNCH_TRANSITIONS);
  const count = Math.min(room, Math.max(0, budget));
  if (count > 0) start(draft, step, loop, count, again);
  if (count < room && hasMore(step)) draft.postpone(step.ordinal);
}

/** isHalted: an iteration has failed, so that no further one starts (specification §5.2). */
export function isHalted({ ended }: LoopState): boolean {
  return (ended.FAILED ?? 0) > 0;
}

function hasMore(step: WorkingStep): boolean {
  return waitingReruns(step).length > 0 || step.loop?.next !== step.loop?.total;
}

/**
 * With strict ordering the places are counted from the first unfinished iteration, else from those under way. Iterations that run again
 * come before the `left` new ones.
 */
function roomOf(draft: Draft, step: WorkingStep, { next, running }: LoopState, again: number, left: number): number {
  const { strictOrdering } = draft.planStep(step.ordinal);
  const places = placesOf(draft, step);
  const free = Math.max(0, places - running.length);
  if (again > 0) return Math.min(free, again + (strictOrdering === true ? 0 : left));
  const taken = strictOrdering === true ? next - (running[0] ?? next) : running.length;
  return Math.max(0, Math.min(places - taken, left));
}

/** More iterations than leaf steps may run in the whole instance would only wait for each other (specification §5.2). */
function placesOf(draft: Draft, step: WorkingStep): number {
  const { runs, concurrency } = draft.planStep(step.ordinal);
  if (runs === 'while') return 1;
  const ofInstance = draft.header.instanceStepConcurrency;
  if (ofInstance === undefined) return concurrency ?? DEFAULT_CONCURRENCY;
  return Math.min(concurrency ?? ofInstance, ofInstance);
}

/** The next indexes that are to run: those that are kept from runs before are passed over. */
function take(
  step: WorkingStep,
  { next, total = Infinity }: LoopState,
  count: number,
): { indexes: number[]; next: number } {
  const indexes: number[] = [];
  let at = next;
  while (indexes.length < count && at < total) {
    indexes.push(at);
    at = nextIndex(step, at + 1);
  }
  return { indexes, next: Math.min(at, total) };
}

function start(draft: Draft, step: WorkingStep, loop: LoopState, count: number, again: readonly number[]): void {
  const { ordinal, attempt } = step;
  const reruns = again.slice(0, count);
  const { indexes: fresh, next } = take(step, loop, count - reruns.length);
  const indexes = [...reruns, ...fresh];
  const running = [...loop.running, ...indexes];
  draft.transitions += count * LAUNCH_TRANSITIONS;
  step.loop = { ...loop, next, running: reruns.length > 0 ? running.sort((left, right) => left - right) : running };
  step.reruns = startedReruns(step.reruns, reruns);
  draft.launch({ type: 'start-iterations', ordinal, attempt, indexes });
}
