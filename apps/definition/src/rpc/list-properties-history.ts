import type { Handler } from '@maestro/grpc';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { pageTokens, readPageAsk } from '@maestro/service';
import { propertiesSnapshotToProto } from '@maestro/wire';
import { findWorkflow } from '../usecases/find-workflow.js';
import type { DefinitionDeps } from './definition-deps.js';

/** listPropertiesHistoryRpc serves ListPropertiesHistory. */
export function listPropertiesHistoryRpc({
  reads,
}: DefinitionDeps): Handler<typeof DefinitionService.method.listPropertiesHistory> {
  return async (request) => {
    const workflow = await findWorkflow(reads, request.workflowId);
    const list = `properties ${workflow.workflowKey}`;
    const page = await reads.propertiesHistory(workflow, readPageAsk(request.page, list));
    return {
      snapshots: page.items.map(propertiesSnapshotToProto),
      page: { ...pageTokens(page, list), totalCount: page.totalCount },
    };
  };
}
