import type { Millis } from '@maestro/domain';

/** Retention deletes what is old. */
export interface Retention {
  /**
   * Deletes some of what is older: instances (the latest of each name stays, and what a join still holds), waits that were freed, firings
   * that are settled. Answers how many rows went; fewer than `limit`: nothing is left.
   */
  deleteOlder(than: Millis, limit: number): Promise<number>;
}
