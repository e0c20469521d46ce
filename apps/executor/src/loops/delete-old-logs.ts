import type { Clock } from '../ports/clock.js';
import type { LogStore } from '../ports/log-store.js';

const BATCH = 5_000;

/** deleteOldLogs removes what is past the retention, in batches. */
export async function deleteOldLogs(store: LogStore, clock: Clock, retentionMs: number): Promise<void> {
  while ((await store.deleteBefore(clock.now() - retentionMs, BATCH)) === BATCH);
}
