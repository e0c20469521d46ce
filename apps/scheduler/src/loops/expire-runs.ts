import type { Logger } from '@maestro/telemetry';
import type { Millis } from '@maestro/domain';
import type { LeasedPartitions, OldPartition, OldPartitions } from '../ports/old-partitions.js';
import { expendable } from '../retention/expendable.js';
import { daysKept } from '../retention/retention-class.js';

const DAY_MS = 24 * 3_600_000;

export interface ExpireRunsDeps {
  readonly partitions: OldPartitions;
  /** How long runs of workflows without a retention tag are kept; 0 = for ever. */
  readonly retentionDays: number;
  readonly logger: Logger;
  now(): Millis;
}

/** expireRuns takes away the weeks of runs that are past their retention and that nothing needs; one replica does it for all. */
export async function expireRuns(deps: ExpireRunsDeps): Promise<void> {
  await deps.partitions.alone(async (partitions) => {
    for (const left of await partitions.detached()) await takeAway(deps, partitions, left);
    const expired = (await partitions.all()).filter((partition) => isExpired(deps, partition));
    if (expired.length === 0) return;
    const held = new Set<OldPartition>();
    for (const partition of expired) if (await partitions.isHeld(partition)) held.add(partition);
    const gone = expendable({ expired, held, pins: await partitions.pins(expired) });
    // The newest first: what was restarted goes after the runs that it needs no longer.
    for (const partition of gone.sort((left, right) => right.endsAt - left.endsAt)) {
      await partitions.detach(partition);
      await takeAway(deps, partitions, partition);
    }
  });
}

function isExpired({ now, retentionDays }: ExpireRunsDeps, { retentionClass, endsAt }: OldPartition): boolean {
  return endsAt + daysKept(retentionClass, retentionDays) * DAY_MS < now();
}

/** Somebody may have restarted one of its runs until it was detached: then it comes back. */
async function takeAway(
  { logger }: ExpireRunsDeps,
  partitions: LeasedPartitions,
  partition: OldPartition,
): Promise<void> {
  const pins = await partitions.pins([partition]);
  if (expendable({ expired: [partition], held: new Set<OldPartition>(), pins }).length === 0)
    return partitions.attach(partition);
  await partitions.remove(partition);
  logger.info({ partition: partition.suffix }, 'runs past their retention were taken away');
}
