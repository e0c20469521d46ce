import type { MessageInitShape } from '@bufbuild/protobuf';
import { MaestroError } from '@maestro/domain';
import type { ActOnInstancesResponseSchema } from '@maestro/proto/maestro/scheduler/v1/action_service';
import type { BulkJob, BulkJobStore } from '../ports/bulk-job-store.js';

/** foundJob reads a job. Throws BULK_JOB_NOT_FOUND. */
export async function foundJob(jobs: BulkJobStore, jobId: bigint): Promise<BulkJob> {
  const job = await jobs.find(jobId);
  if (job !== undefined) return job;
  const message = `There is no job ${String(jobId)}, or it ended more than a day ago.`;
  throw new MaestroError('BULK_JOB_NOT_FOUND', message, { metadata: { job_id: String(jobId) } });
}

/** bulkProgress is how far a job is, with the failures that have not been told. */
export function bulkProgress(job: BulkJob, failuresTold = 0): MessageInitShape<typeof ActOnInstancesResponseSchema> {
  const { jobId, total = 0n, done, passedOver, failed, failures, ended, cancelled } = job;
  return {
    jobId,
    total,
    done: BigInt(done),
    passedOver: BigInt(passedOver),
    failed: BigInt(failed),
    failures: failures
      .slice(failuresTold)
      .map(({ instance, code, message }) => ({ workflowInstanceId: BigInt(instance), code, message })),
    finished: ended,
    cancelled,
  };
}
