import type { MessageInitShape } from '@bufbuild/protobuf';
import type { Workflow } from '@maestro/domain';
import type { Handler } from '@maestro/grpc';
import { DefinitionService, type EnrichedExtrasSchema } from '@maestro/proto/maestro/definition/v1/definition_service';
import { definitionToProto, paramDefinitionsToProto } from '@maestro/wire';
import { definitionOf } from '../usecases/definition-of.js';
import { findVersion } from '../usecases/find-workflow.js';
import { parseSelector } from '../usecases/parse-selector.js';
import { staticParams } from '../usecases/static-params.js';
import type { DefinitionDeps } from './definition-deps.js';

/** getWorkflowRpc serves GetWorkflow. */
export function getWorkflowRpc({ reads }: DefinitionDeps): Handler<typeof DefinitionService.method.getWorkflow> {
  return async ({ workflowId, workflowKey, version, enriched }) => {
    const which = { workflowId, ...(workflowKey === 0n ? {} : { workflowKey }) };
    const found = await findVersion(reads, which, parseSelector(version));
    return {
      definition: definitionToProto(definitionOf(found)),
      ...(enriched ? { enrichedExtras: extrasOf(found.version.workflow) } : {}),
    };
  };
}

/** The next fires of time triggers come with the schedule library; until then there are none to tell. */
function extrasOf(workflow: Workflow): MessageInitShape<typeof EnrichedExtrasSchema> {
  const { workflowParams, stepParams } = staticParams(workflow);
  const steps = Object.entries(stepParams).map(([id, params]) => [id, paramDefinitionsToProto(params)] as const);
  return { workflowParams: paramDefinitionsToProto(workflowParams), stepParams: Object.fromEntries(steps) };
}
