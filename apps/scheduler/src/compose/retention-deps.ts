import { postgresOldPartitions } from '../adapters/postgres/old-partitions.js';
import type { SchedulerConfig } from '../config.js';
import type { ExpireRunsDeps } from '../loops/expire-runs.js';
import type { Base } from './base.js';
import type { Core } from './core.js';

const ARCHIVE = 'scheduler_archive';

/** retentionDeps are what becomes of old runs, and when. */
export function retentionDeps(
  { retention, retentionDays }: Pick<SchedulerConfig, 'retention' | 'retentionDays'>,
  { pools, telemetry }: Base,
  { now }: Core,
): ExpireRunsDeps {
  const archiveSchema = retention === 'archive' ? ARCHIVE : undefined;
  const partitions = postgresOldPartitions(pools.loops, { archiveSchema });
  return { partitions, retentionDays, logger: telemetry.logger, now };
}
