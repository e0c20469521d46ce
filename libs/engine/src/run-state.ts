import { isCompleteStep } from '@maestro/domain';
import type { RunChange } from './decision.js';
import type { Plan } from './plan.js';
import type { JoinState, RunHeader, RunState, StepState } from './state.js';
import { isUnderWay } from './working-step.js';

/** OwnedState is a RunState as its owner sees it; everybody else only reads. */
interface OwnedState extends RunState {
  readonly steps: Map<number, StepState>;
  readonly joins: Map<number, JoinState>;
  readonly underWay: Set<number>;
}

/** emptyState is a run of which no step has been created. */
export function emptyState(header: RunHeader): RunState {
  return owned(header);
}

function owned(header: RunHeader): OwnedState {
  return { header, steps: new Map(), joins: new Map(), underWay: new Set() };
}

/** restoreState makes the state from what was stored: all attempts of all steps, or at least the latest of each, in any order. */
export function restoreState(plan: Plan, header: RunHeader, steps: Iterable<StepState>): RunState {
  const state = owned(header);
  for (const step of steps) {
    const known = state.steps.get(step.ordinal);
    if (!known || known.attempt < step.attempt) state.steps.set(step.ordinal, step);
  }
  for (const step of state.steps.values()) derive(plan, state, step);
  return state;
}

/**
 * applyChange is the state after a committed change, at the cost of the change. It takes the state over: the maps are those of the
 * state given, so whoever owns a state keeps only the newest.
 */
export function applyChange(state: RunState, change: RunChange, plan: Plan): RunState {
  const next: OwnedState = { ...(state as OwnedState), header: change.header };
  for (const step of change.steps) {
    next.steps.set(step.ordinal, step);
    derive(plan, next, step);
  }
  return next;
}

/** What is known besides the rows: who is under way, and what a step that has just completed means to its successors. */
function derive(plan: Plan, state: OwnedState, step: StepState): void {
  if (isUnderWay(step.status)) state.underWay.add(step.ordinal);
  else state.underWay.delete(step.ordinal);
  if (!isCompleteStep(step.status)) return;
  const taken = new Set(step.taken);
  for (const { to } of plan.steps[step.ordinal]?.successors ?? []) {
    const join = state.joins.get(to);
    const satisfied = join?.satisfied === true || taken.has(to);
    state.joins.set(to, { arrived: (join?.arrived ?? 0) + 1, satisfied });
  }
}
