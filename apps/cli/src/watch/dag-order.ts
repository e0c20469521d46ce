import type { TransitionBody } from '../api/bodies.js';

/**
 * dagOrder puts steps so that each stands below all that lead to it; where the graph leaves it open, the order of the
 * definition holds. Steps that the graph does not know come last.
 */
export function dagOrder(ids: readonly string[], dag: Readonly<Record<string, TransitionBody>>): string[] {
  const open = new Map(
    ids.map((id) => [id, new Set((dag[id]?.predecessors ?? []).filter((each) => ids.includes(each)))]),
  );
  const order: string[] = [];
  while (open.size > 0) {
    const ready = [...open].find(([, waitsFor]) => waitsFor.size === 0)?.[0];
    const next = ready ?? [...open.keys()][0];
    if (next === undefined) break;
    open.delete(next);
    for (const waitsFor of open.values()) waitsFor.delete(next);
    order.push(next);
  }
  return order;
}
