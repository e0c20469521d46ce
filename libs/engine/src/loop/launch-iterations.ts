import type { Draft } from '../draft.js';
import { nextIndex } from './kept-iterations.js';
import type { LoopState } from '../state.js';
import { TRANSITION_BUDGET } from '../timing.js';
import type { WorkingStep } from '../working-step.js';

/** How many iterations run at a time where the definition does not say; the original's limit of steps of a workflow. */
const DEFAULT_CONCURRENCY = 20;
/** What starting a run counts of a decision's budget: the run itself and its first steps. */
const LAUNCH_TRANSITIONS = 4;

/** launchIterations starts what may run beside the iterations under way; what a decision has no budget for follows in the next one. */
export function launchIterations(draft: Draft, step: WorkingStep): void {
  const { loop } = step;
  if (!loop || isHalted(loop)) return;
  if (draft.header.status === 'PAUSED') return draft.hold(step.ordinal);
  const room = roomOf(draft, step, loop);
  const budget = Math.floor((TRANSITION_BUDGET - draft.transitions) / LAUNCH_TRANSITIONS);
  const count = Math.min(room, Math.max(0, budget));
  if (count > 0) start(draft, step, loop, count);
  if (count < room && step.loop?.next !== loop.total) draft.postpone(step.ordinal);
}

/** isHalted: an iteration has failed, so that no further one starts (specification §5.2). */
export function isHalted({ ended }: LoopState): boolean {
  return (ended.FAILED ?? 0) > 0;
}

/** With strict ordering the places are counted from the first unfinished iteration, else from those under way. */
function roomOf(draft: Draft, step: WorkingStep, { total = Infinity, next, running }: LoopState): number {
  const { runs, concurrency = DEFAULT_CONCURRENCY, strictOrdering } = draft.planStep(step.ordinal);
  const places = runs === 'while' ? 1 : concurrency;
  const taken = strictOrdering === true ? next - (running[0] ?? next) : running.length;
  return Math.max(0, Math.min(places - taken, total - next));
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

function start(draft: Draft, step: WorkingStep, loop: LoopState, count: number): void {
  const { ordinal, attempt } = step;
  const { indexes, next } = take(step, loop, count);
  draft.transitions += count * LAUNCH_TRANSITIONS;
  step.loop = { ...loop, next, running: [...loop.running, ...indexes] };
  draft.launch({ type: 'start-iterations', ordinal, attempt, indexes });
}
