import type { QueueCounts, Strategy } from './queue.js';

/** oneAtATime is the strategy the others are described against: a queue, first in first out, one running. */
export const oneAtATime: Strategy = {
  limit: () => 1,
  blocked: () => false,
  onStart: () => ({ refused: false, stopQueued: false, stopRunning: false }),
  refuseSwitch: () => undefined,
};

/** refuseSeveralOpen: rules that keep a single instance cannot take over several (specification §1.4). */
export function refuseSeveralOpen(rule: string, counts: QueueCounts): string | undefined {
  const open = counts.running + counts.queued;
  if (open < 2) return undefined;
  return `${open} instances have not ended; ${rule} keeps a single one: stop the others or wait until at most one is left`;
}
