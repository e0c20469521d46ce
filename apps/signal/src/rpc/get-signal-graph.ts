import type { Handler } from '@maestro/grpc';
import { LineageService } from '@maestro/proto/maestro/signal/v1/lineage_service';
import { signalGraph } from '../usecases/signal-graph.js';
import type { LineageDeps } from './lineage-deps.js';
import { EDGE_KINDS } from './lineage-messages.js';

/** getSignalGraphRpc serves GetSignalGraph. */
export function getSignalGraphRpc({ lineage }: LineageDeps): Handler<typeof LineageService.method.getSignalGraph> {
  return async ({ workflowId, depth }) => {
    const { workflowIds, edges, truncated } = await signalGraph(lineage, workflowId, depth);
    return {
      workflowIds: [...workflowIds],
      edges: edges.map(({ from, signal, to, kind }) => ({ from, signal, to, kind: EDGE_KINDS[kind] })),
      truncated,
    };
  };
}
