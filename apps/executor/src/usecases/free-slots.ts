import type { Task } from '@maestro/proto/maestro/executor/v1/task';
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
  const key = type.toLowerCase();
  const runtime = execution.runtimes.get(key);
  const free = freeSlots(execution, runtime?.takesSlot ?? false);
  return Math.min(free, slotsOfType(execution, key), runtime?.room?.() ?? Infinity);
}

/** isFull says whether a task must wait: the slots are taken, or the share of its type or tenant is. */
export function isFull(execution: Execution, { stepType, tenant }: Pick<Task, 'stepType' | 'tenant'>): boolean {
  const { attempts, shares, slots } = execution;
  if (attempts.occupied >= slots || slotsOfType(execution, stepType.toLowerCase()) <= 0) return true;
  return attempts.occupiedByTenant(tenant) >= shares.tenantSlots;
}

function slotsOfType({ attempts, shares }: Execution, type: string): number {
  return Math.max(0, (shares.typeSlots.get(type) ?? Infinity) - attempts.occupiedByType(type));
}
