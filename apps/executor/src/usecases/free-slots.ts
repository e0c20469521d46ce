import type { Execution } from './execution.js';

/**
 * freeSlots is how many more attempts may begin here: of a type that takes slots the free ones, of any other as many as
 * there is room for unanswered reports. That room is the back-pressure: reports wait in memory, not without bound.
 */
export function freeSlots({ attempts, gate, reports, slots }: Execution, takesSlot: boolean): number {
  if (!gate.open) return 0;
  return takesSlot ? Math.max(0, Math.min(slots - attempts.occupied, reports.room)) : reports.room;
}

/** creditOf is how many more tasks of a step type are welcome. */
export function creditOf(execution: Execution, type: string): number {
  const runtime = execution.runtimes.get(type.toLowerCase());
  return Math.min(freeSlots(execution, runtime?.takesSlot ?? false), runtime?.room?.() ?? Infinity);
}
