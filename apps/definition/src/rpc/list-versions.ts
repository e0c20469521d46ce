import type { Handler } from '@maestro/grpc';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { pageTokens, readPageAsk } from '@maestro/service';
import { definitionToProto } from '@maestro/wire';
import { definitionOf } from '../usecases/definition-of.js';
import { findWorkflow } from '../usecases/find-workflow.js';
import type { DefinitionDeps } from './definition-deps.js';

/** listVersionsRpc serves ListVersions. */
export function listVersionsRpc({ reads }: DefinitionDeps): Handler<typeof DefinitionService.method.listVersions> {
  return async (request) => {
    const workflow = await findWorkflow(reads, request.workflowId);
    const list = `versions ${workflow.workflowKey}`;
    const page = await reads.versions(workflow.workflowKey, readPageAsk(request.page, list));
    return {
      definitions: page.items.map((state) => definitionToProto(definitionOf({ ...state, workflow }))),
      page: { ...pageTokens(page, list), totalCount: page.totalCount },
    };
  };
}
