import type { Handler } from '@maestro/grpc';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { definitionToProto, pushRequestFromProto } from '@maestro/wire';
import { pushWorkflow } from '../usecases/push-workflow.js';
import { askingOf } from './asking-of.js';
import type { DefinitionDeps } from './definition-deps.js';

/** pushWorkflowRpc serves PushWorkflow. */
export function pushWorkflowRpc(deps: DefinitionDeps): Handler<typeof DefinitionService.method.pushWorkflow> {
  return async (request, context) => {
    const asking = askingOf(context, request.requestId);
    const { definition, requestDiffers } = await pushWorkflow(deps, asking, pushRequestFromProto(request));
    const { workflowId: workflow, workflowVersionId } = definition.metadata;
    deps.logger.info({ workflow, version: String(workflowVersionId), author: asking.author }, 'pushed a version');
    return { definition: definitionToProto(definition), requestDiffers };
  };
}
