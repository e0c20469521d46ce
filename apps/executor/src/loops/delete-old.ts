import type { Millis } from '@maestro/domain';
import type { Clock } from '../ports/clock.js';

const BATCH = 5_000;

/** Ageing is a store whose contents are not kept for ever. */
export interface Ageing {
  /** Removes what is older, at most so much, and says how much it was. */
  deleteBefore(at: Millis, limit: number): Promise<number>;
}

/** deleteOld removes what is past the retention, in batches: a long delete would hold back vacuum. */
export async function deleteOld(
  stores: readonly Ageing[],
  clock: Pick<Clock, 'now'>,
  retentionMs: number,
): Promise<void> {
  for (const store of stores) {
    while ((await store.deleteBefore(clock.now() - retentionMs, BATCH)) === BATCH);
  }
}
