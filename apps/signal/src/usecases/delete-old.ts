import type { Millis } from '@maestro/domain';
import type { Retention } from '../ports/retention.js';

const BATCH = 5_000;
const DAY_MS = 86_400_000;

/** deleteOld does one batch of what is older than the retention; answers whether there is more. */
export async function deleteOld(retention: Retention, now: Millis, days: number): Promise<boolean> {
  return (await retention.deleteOlder(now - days * DAY_MS, BATCH)) === BATCH;
}
