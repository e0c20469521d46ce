import type { Handler } from '@maestro/grpc';
import { LineageService } from '@maestro/proto/maestro/signal/v1/lineage_service';
import { signalInstanceToProto } from '@maestro/wire';
import { LINEAGE_LIMIT, type LineageDeps } from './lineage-deps.js';
import { firingToProto, tracedToProto } from './lineage-messages.js';

/** traceRunRpc serves TraceRun. */
export function traceRunRpc({ lineage }: LineageDeps): Handler<typeof LineageService.method.traceRun> {
  return async ({ workflowId, workflowInstanceId: instanceId, workflowRunId: runId }) => {
    const run = await lineage.run({ workflowId, instanceId, runId }, LINEAGE_LIMIT);
    return {
      ...(run.startedBy === undefined ? {} : { startedBy: firingToProto(run.startedBy) }),
      consumed: run.consumed.map(tracedToProto),
      awaited: run.awaited.map(tracedToProto),
      emitted: run.emitted.map(signalInstanceToProto),
    };
  };
}
