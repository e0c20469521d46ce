import type { Handler } from '@maestro/grpc';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { instanceStatusToProto } from '@maestro/wire';
import { countInstances } from '../usecases/count-instances.js';
import type { ReadDeps } from './read-deps.js';

/** getWorkflowCountsRpc serves GetWorkflowCounts. */
export function getWorkflowCountsRpc(deps: ReadDeps): Handler<typeof SchedulerService.method.getWorkflowCounts> {
  return async ({ workflowId }) => {
    const { nonterminal, failed, latestInstanceId } = await countInstances(deps, workflowId);
    return {
      nonterminalInstances: nonterminal.map(({ status, count }) => ({ status: instanceStatusToProto(status), count })),
      failedInstances: BigInt(failed),
      latestInstanceId,
    };
  };
}
