import type { Millis } from '@maestro/domain';
import type { DeliveryLog } from '../ports/delivery-log.js';

const BATCH = 5_000;
const HOUR_MS = 3_600_000;

/** trimDeliveries does one batch of what is too old; answers whether there is more. */
export async function trimDeliveries(
  log: Pick<DeliveryLog, 'trim'>,
  now: Millis,
  { keepDays, giveUpHours }: { readonly keepDays: number; readonly giveUpHours: number },
): Promise<boolean> {
  const before = { pendingBefore: now - giveUpHours * HOUR_MS, settledBefore: now - keepDays * 24 * HOUR_MS };
  return (await log.trim(before, BATCH)) === BATCH;
}
