import type { Handler } from '@maestro/grpc';
import { LineageService } from '@maestro/proto/maestro/signal/v1/lineage_service';
import { pageTokens, readPageAsk } from '@maestro/service';
import type { LineageDeps } from './lineage-deps.js';
import { firingStatesOf, firingToProto } from './lineage-messages.js';

/** listFiringsRpc serves ListFirings. */
export function listFiringsRpc({ lineage }: LineageDeps): Handler<typeof LineageService.method.listFirings> {
  return async ({ workflowId, page: asked, states }) => {
    const wanted = firingStatesOf(states);
    const list = `firings ${workflowId} ${wanted.join(' ')}`;
    const page = await lineage.firings(workflowId, wanted, readPageAsk(asked, list));
    return {
      firings: page.items.map(firingToProto),
      page: { ...pageTokens(page, list), totalCount: page.totalCount },
    };
  };
}
