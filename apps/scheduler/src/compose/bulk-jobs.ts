import type { Closers } from '@maestro/service';
import { postgresBulkJobs } from '../adapters/postgres/bulk-job-store.js';
import { processTiming } from '../adapters/process/timing.js';
import { every } from '../loops/every.js';
import type { BulkJobStore } from '../ports/bulk-job-store.js';
import { workOnBulkJobs } from '../usecases/work-on-bulk-jobs.js';
import type { Base } from './base.js';
import type { Core } from './core.js';

/** A job whose owner has died waits this long at most beyond its lease. */
const LOOK_MS = 2_000;

/** BulkJobs are the jobs, and who does them. */
export interface BulkJobs {
  readonly jobs: BulkJobStore;
  /** There is a new one. */
  nudgeJobs(): void;
}

/** startBulkJobs starts to work on bulk jobs; one that is under way when the service stops goes on elsewhere. */
export function startBulkJobs({ pools, telemetry, replicaId }: Base, core: Core, closers: Closers): BulkJobs {
  const stopping = new AbortController();
  const jobs = postgresBulkJobs(pools.loops);
  const deps = { jobs, acts: core.actions, replicaId, now: core.now };
  const around = { logger: telemetry.logger, timing: processTiming };
  const loop = every(LOOK_MS, 'bulk-jobs', around, () => workOnBulkJobs(deps, stopping.signal));
  closers.add(() => {
    stopping.abort();
    return loop.stop();
  });
  return { jobs, nudgeJobs: () => loop.nudge() };
}
