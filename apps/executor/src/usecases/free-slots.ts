import type { Execution } from './execution.js';

/** Reports that may wait for their answer; when the scheduler is slower than that, less work is taken. */
export const MAX_UNANSWERED = 2_000;

/**
 * freeSlots is how many more attempts may begin here: of a type that takes slots the free ones, of any other as many as
 * there is room for unanswered reports. That room is the back-pressure: reports wait in memory, not without bound.
 */
export function freeSlots({ attempts, gate, reports, slots }: Execution, takesSlot: boolean): number {
  if (!gate.open) return 0;
  const room = MAX_UNANSWERED - reports.unanswered;
  return Math.max(0, takesSlot ? Math.min(slots - attempts.occupied, room) : room);
}

/** creditOf is how many more tasks of a step type are welcome. */
export function creditOf(execution: Execution, type: string): number {
  return freeSlots(execution, execution.runtimes.get(type.toLowerCase())?.takesSlot ?? false);
}
