import type { Plan } from './plan.js';

/**
 * isUpstream walks back from the step that asks: what is not upstream may or may not be finished, and a run must not depend on luck.
 */
export function isUpstream(plan: Plan, wanted: number, from: number): boolean {
  const seen = new Set<number>([from]);
  for (const ordinal of seen) {
    for (const before of plan.steps[ordinal]?.predecessors ?? []) seen.add(before);
  }
  return wanted !== from && seen.has(wanted);
}
