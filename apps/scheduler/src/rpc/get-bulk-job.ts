import type { Handler } from '@maestro/grpc';
import { ActionService } from '@maestro/proto/maestro/scheduler/v1/action_service';
import type { BulkRpcDeps } from './action-deps.js';
import { bulkProgress, foundJob } from './bulk-progress.js';

/** getBulkJobRpc serves GetBulkJob. */
export function getBulkJobRpc({ jobs }: BulkRpcDeps): Handler<typeof ActionService.method.getBulkJob> {
  return async ({ jobId }) => ({ progress: bulkProgress(await foundJob(jobs, jobId)) });
}
