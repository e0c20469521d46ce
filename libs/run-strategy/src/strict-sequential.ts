import { oneAtATime } from './strategy-defaults.js';
import type { QueueCounts, Strategy } from './queue.js';

/** STRICT_SEQUENTIAL: as SEQUENTIAL, and a failed run blocks the queue until it is unblocked or restarted. */
export const strictSequential: Strategy = {
  ...oneAtATime,
  blocked: (counts) => counts.blockingFailed > 0,
  refuseSwitch,
};

/** The original means to check the running ones too, and by a slip does not. */
function refuseSwitch(counts: QueueCounts): string | undefined {
  if (counts.blockingFailed > 0)
    return `${counts.blockingFailed} failed runs would block STRICT_SEQUENTIAL at once: unblock or restart them first`;
  if (counts.running > 1)
    return `${counts.running} instances are running; STRICT_SEQUENTIAL runs one after the other: wait until at most one is left`;
  return undefined;
}
