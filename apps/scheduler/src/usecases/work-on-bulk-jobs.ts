import type { Millis } from '@maestro/domain';
import type { BulkJob, BulkJobStore, BulkState } from '../ports/bulk-job-store.js';
import { actOnInstances, countInstances, type ActOnInstancesDeps } from './act-on-instances.js';

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

async function workOn(deps: BulkJobDeps, job: BulkJob, signal: AbortSignal): Promise<void> {
  const { jobs, acts, replicaId, now } = deps;
  // A job that has ended meanwhile was called off.
  const keep = (state: BulkState): Promise<boolean> => jobs.save(job.jobId, replicaId, state, now() + LEASE_MS);
  const begun = { ...job, total: job.total ?? (await countInstances(acts, job.wish)) };
  if (job.total === undefined && !(await keep(begun))) return;
  for await (const state of actOnInstances(acts, { ...job.wish, signal }, begun)) {
    if (!(await keep(state))) return;
    if (state.cursor === undefined) return jobs.end(job.jobId, replicaId, now());
  }
}
