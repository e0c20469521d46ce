import type { Handler } from '@maestro/grpc';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { definitionToProto } from '@maestro/wire';
import { definitionOf } from '../usecases/definition-of.js';
import { findVersion } from '../usecases/find-workflow.js';
import { parseSelector } from '../usecases/parse-selector.js';
import type { DefinitionDeps } from './definition-deps.js';

/** getWorkflowRpc serves GetWorkflow. */
export function getWorkflowRpc({ reads }: DefinitionDeps): Handler<typeof DefinitionService.method.getWorkflow> {
  return async ({ workflowId, workflowKey, version }) => {
    const which = { workflowId, ...(workflowKey === 0n ? {} : { workflowKey }) };
    const found = await findVersion(reads, which, parseSelector(version));
    return { definition: definitionToProto(definitionOf(found)) };
  };
}
