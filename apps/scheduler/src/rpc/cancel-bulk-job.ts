import type { Handler } from '@maestro/grpc';
import { ActionService } from '@maestro/proto/maestro/scheduler/v1/action_service';
import { callerOf } from '@maestro/service';
import type { BulkRpcDeps } from './action-deps.js';
import { bulkProgress, foundJob } from './bulk-progress.js';

/** cancelBulkJobRpc serves CancelBulkJob; the page that is under way is done to its end. */
export function cancelBulkJobRpc({ jobs, now }: BulkRpcDeps): Handler<typeof ActionService.method.cancelBulkJob> {
  return async ({ jobId }, context) => {
    callerOf(context);
    await jobs.cancel(jobId, now());
    return { progress: bulkProgress(await foundJob(jobs, jobId)) };
  };
}
