import type { Handler } from '@maestro/grpc';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { timelineEventToProto } from '@maestro/wire';
import { activateWorkflow } from '../usecases/activate-workflow.js';
import { parseSelector } from '../usecases/parse-selector.js';
import { askingOf } from './asking-of.js';
import type { DefinitionDeps } from './definition-deps.js';

/** activateWorkflowRpc serves ActivateWorkflow. */
export function activateWorkflowRpc(deps: DefinitionDeps): Handler<typeof DefinitionService.method.activateWorkflow> {
  return async ({ workflowId, version, requestId }, context) => {
    const asking = askingOf(context, requestId);
    const done = await activateWorkflow(deps, asking, { workflowId, selector: parseSelector(version) });
    deps.logger.info(
      { workflow: workflowId, version: String(done.version), author: asking.author },
      'activated a version',
    );
    return {
      workflowId: done.workflowId,
      workflowVersionId: done.version,
      timelineEvent: timelineEventToProto(done.event),
    };
  };
}
