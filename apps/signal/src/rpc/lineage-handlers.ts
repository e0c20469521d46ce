import type { Handlers } from '@maestro/grpc';
import type { LineageService } from '@maestro/proto/maestro/signal/v1/lineage_service';
import { explainTriggersRpc } from './explain-triggers.js';
import { getSignalGraphRpc } from './get-signal-graph.js';
import type { LineageDeps } from './lineage-deps.js';
import { listFiringsRpc } from './list-firings.js';
import { listTriggersRpc } from './list-triggers.js';
import { traceRunRpc } from './trace-run.js';
import { traceSignalRpc } from './trace-signal.js';

/** lineageHandlers has one handler an RPC. */
export function lineageHandlers(deps: LineageDeps): Handlers<typeof LineageService> {
  return {
    traceSignal: traceSignalRpc(deps),
    traceRun: traceRunRpc(deps),
    getSignalGraph: getSignalGraphRpc(deps),
    listTriggers: listTriggersRpc(deps),
    explainTriggers: explainTriggersRpc(deps),
    listFirings: listFiringsRpc(deps),
  };
}
