import type { Handler } from '@maestro/grpc';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { timelineEventToProto } from '@maestro/wire';
import { deactivateWorkflow } from '../usecases/deactivate-workflow.js';
import { askingOf } from './asking-of.js';
import type { DefinitionDeps } from './definition-deps.js';

/** deactivateWorkflowRpc serves DeactivateWorkflow. */
export function deactivateWorkflowRpc(
  deps: DefinitionDeps,
): Handler<typeof DefinitionService.method.deactivateWorkflow> {
  return async ({ workflowId, requestId }, context) => {
    const asking = askingOf(context, requestId);
    const done = await deactivateWorkflow(deps, asking, workflowId);
    deps.logger.info({ workflow: workflowId, version: String(done.version), author: asking.author }, 'deactivated');
    return {
      workflowId: done.workflowId,
      workflowVersionId: done.version,
      timelineEvent: timelineEventToProto(done.event),
    };
  };
}
