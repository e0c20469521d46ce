import type { StepStatus } from '@maestro/domain';
import type { PlanStep } from '../plan.js';
import type { LeafCounts, StepState } from '../state.js';

const NONE: ReadonlyMap<number, LeafCounts> = new Map();

/** addLeaves adds up the leaf steps of two parts. */
export function addLeaves(left: LeafCounts, right: LeafCounts): LeafCounts {
  const sum: Partial<Record<StepStatus, number>> = { ...left };
  for (const [status, count] of Object.entries(right) as [StepStatus, number][])
    sum[status] = (sum[status] ?? 0) + count;
  return sum;
}

/** leavesBelow are the leaf steps of the runs that a step has started and that have ended; undefined for a leaf step. */
export function leavesBelow(step: StepState): LeafCounts | undefined {
  const below = step.loop?.rollup ?? step.child?.rollup;
  return below && Object.keys(below).length > 0 ? below : undefined;
}

/**
 * leavesOf counts the leaf steps of a run and of all that ended below it, and of those that go on as far as `underWay` tells, by ordinal.
 * A step that starts runs counts as one leaf until the first of them is known (specification §3.6). Its cost is that of the steps that
 * start runs.
 */
export function leavesOf(
  counts: LeafCounts,
  plan: { readonly nested: readonly PlanStep[] },
  step: (ordinal: number) => StepState | undefined,
  underWay: ReadonlyMap<number, LeafCounts> = NONE,
): LeafCounts {
  let leaves: LeafCounts = counts;
  for (const { ordinal } of plan.nested) {
    const state = step(ordinal);
    if (!state) continue;
    const below = addLeaves(leavesBelow(state) ?? {}, underWay.get(ordinal) ?? {});
    if (Object.keys(below).length === 0) continue;
    leaves = addLeaves(leaves, below);
    leaves = addLeaves(leaves, { [state.status]: -1 });
  }
  return Object.fromEntries(Object.entries(leaves).filter(([, count]) => count > 0));
}
