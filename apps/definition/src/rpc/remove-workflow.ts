import type { Handler } from '@maestro/grpc';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { callerOf } from '@maestro/service';
import { timelineEventToProto } from '@maestro/wire';
import { removeWorkflow } from '../usecases/remove-workflow.js';
import type { DefinitionDeps } from './definition-deps.js';

/** removeWorkflowRpc serves RemoveWorkflow. */
export function removeWorkflowRpc(deps: DefinitionDeps): Handler<typeof DefinitionService.method.removeWorkflow> {
  return async ({ workflowId, workflowKey }, context) => {
    const author = callerOf(context);
    const event = await removeWorkflow(deps, { workflowId, workflowKey }, author);
    deps.logger.info({ workflow: workflowId, key: String(workflowKey), author }, 'removed the workflow');
    return { timelineEvent: timelineEventToProto(event) };
  };
}
