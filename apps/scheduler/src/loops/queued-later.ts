import type { Millis } from '@maestro/domain';

/** Clocks of Postgres and NATS may differ by this much before anything is proved. */
export const CLOCK_MARGIN_MS = 5_000;

/** isQueuedLater says whether all that a queue holds, from its oldest on, was stored later than a task was dispatched: then that is not in it. */
export function isQueuedLater(oldest: Millis | undefined, dispatchedAt: Millis): boolean {
  return oldest === undefined || dispatchedAt + CLOCK_MARGIN_MS < oldest;
}
