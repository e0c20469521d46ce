import type { FieldViolation, Step } from '@maestro/domain';

/** StepGraph is what follows what in one list of steps; loops are one node of it, their bodies have graphs of their own. */
export interface StepGraph {
  /** Step ids, every step after all its predecessors. */
  readonly order: readonly string[];
  readonly predecessors: ReadonlyMap<string, readonly string[]>;
  readonly successors: ReadonlyMap<string, readonly string[]>;
}

type Edges = Map<string, string[]>;

function edges(steps: readonly Step[]): { successors: Edges; predecessors: Edges } {
  const successors: Edges = new Map(steps.map((step) => [step.id, []]));
  const predecessors: Edges = new Map(steps.map((step) => [step.id, []]));
  for (const step of steps)
    for (const next of Object.keys(step.transition?.successors ?? {})) {
      if (!successors.has(next)) continue;
      successors.get(step.id)?.push(next);
      predecessors.get(next)?.push(step.id);
    }
  return { successors, predecessors };
}

/** Kahn's algorithm; what is missing from the result lies on a cycle or behind one. */
function sorted(successors: Edges, predecessors: Edges): string[] {
  const missing = new Map([...predecessors].map(([id, before]) => [id, before.length]));
  const order = [...missing].filter(([, count]) => count === 0).map(([id]) => id);
  for (const id of order)
    for (const next of successors.get(id) ?? []) {
      const left = (missing.get(next) ?? 0) - 1;
      missing.set(next, left);
      if (left === 0) order.push(next);
    }
  return order;
}

/** Every unsorted step has an unsorted predecessor: walking back must come round. */
function cycleAmong(unsorted: ReadonlySet<string>, predecessors: Edges): string[] {
  const seen = new Map<string, number>();
  const walk: string[] = [];
  let id = [...unsorted][0] ?? '';
  while (!seen.has(id)) {
    seen.set(id, walk.length);
    walk.push(id);
    id = predecessors.get(id)?.find((before) => unsorted.has(before)) ?? id;
  }
  const cycle = walk.slice(seen.get(id)).reverse();
  return [...cycle, cycle[0] ?? ''];
}

/**
 * stepGraph orders steps by their transitions, or answers a violation that spells out a cycle. Successors that are not
 * among the steps are left out: `validatePushRequest` names them.
 */
export function stepGraph(steps: readonly Step[]): StepGraph | FieldViolation {
  const { successors, predecessors } = edges(steps);
  const order = sorted(successors, predecessors);
  if (order.length === successors.size) return { order, predecessors, successors };
  const done = new Set(order);
  const cycle = cycleAmong(new Set([...successors.keys()].filter((id) => !done.has(id))), predecessors);
  return { path: 'steps', message: `steps form a cycle: ${cycle.join(' -> ')}` };
}
