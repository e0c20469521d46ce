import type { Millis } from '@maestro/domain';
import type { BulkJob, BulkJobStore } from '../ports/bulk-job-store.js';
import { actOnInstances, type ActOnInstancesDeps } from './act-on-instances.js';

export interface BulkJobDeps {
  readonly jobs: BulkJobStore;
  readonly acts: ActOnInstancesDeps;
  /** Who works on the jobs that it claims. */
  readonly replicaId: string;
  now(): Millis;
}

/** Another replica goes on with a job this long after its owner last said so: longer than any page takes. */
const LEASE_MS = 15_000;
/** Jobs that have ended can be looked at this long. */
const KEPT_MS = 24 * 3_600_000;

/** workOnBulkJobs does all jobs that nobody works on, one after the other, until the signal aborts; what it leaves is gone on with later. */
export async function workOnBulkJobs(deps: BulkJobDeps, signal: AbortSignal): Promise<void> {
  const { jobs, replicaId } = deps;
  while (!signal.aborted) {
    const at = deps.now();
    const job = await jobs.claim(replicaId, at, at + LEASE_MS);
    if (job === undefined) return jobs.trim(at - KEPT_MS);
    await workOn(deps, job, signal);
  }
}

async function workOn({ jobs, acts, replicaId, now }: BulkJobDeps, job: BulkJob, signal: AbortSignal): Promise<void> {
  for await (const state of actOnInstances(acts, { ...job.wish, signal }, job)) {
    // A job that has ended meanwhile was called off.
    if (!(await jobs.save(job.jobId, replicaId, state, now() + LEASE_MS))) return;
    if (state.cursor === undefined) return jobs.end(job.jobId, replicaId, now());
  }
}
