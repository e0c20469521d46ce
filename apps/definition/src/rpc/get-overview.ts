import type { Handler } from '@maestro/grpc';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { propertiesSnapshotToProto } from '@maestro/wire';
import { findWorkflow } from '../usecases/find-workflow.js';
import type { DefinitionDeps } from './definition-deps.js';

/** getOverviewRpc serves GetOverview. */
export function getOverviewRpc({ reads }: DefinitionDeps): Handler<typeof DefinitionService.method.getOverview> {
  return async (request) => {
    const { workflowId, workflowKey, activeVersion, latestVersion, properties } = await findWorkflow(
      reads,
      request.workflowId,
    );
    return {
      workflowId,
      workflowKey,
      activeVersionId: activeVersion ?? 0n,
      latestVersionId: latestVersion,
      defaultVersionId: activeVersion ?? latestVersion,
      propertiesSnapshot: propertiesSnapshotToProto(properties),
    };
  };
}
