import type { Handler } from '@maestro/grpc';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { pushRequestFromProto, timelineEventToProto } from '@maestro/wire';
import { validateWorkflow } from '../usecases/validate-workflow.js';
import { askingOf } from './asking-of.js';
import type { DefinitionDeps } from './definition-deps.js';

/** validateWorkflowRpc serves ValidateWorkflow. */
export function validateWorkflowRpc(deps: DefinitionDeps): Handler<typeof DefinitionService.method.validateWorkflow> {
  return async (request, context) => {
    const event = await validateWorkflow(deps, askingOf(context, ''), pushRequestFromProto(request));
    return { timelineEvent: timelineEventToProto(event) };
  };
}
