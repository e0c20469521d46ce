import type { Handler } from '@maestro/grpc';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { propertiesChangeFromProto, propertiesSnapshotToProto } from '@maestro/wire';
import { updateProperties } from '../usecases/update-properties.js';
import { askingOf } from './asking-of.js';
import type { DefinitionDeps } from './definition-deps.js';

/** updatePropertiesRpc serves UpdateProperties. */
export function updatePropertiesRpc(deps: DefinitionDeps): Handler<typeof DefinitionService.method.updateProperties> {
  return async (request, context) => {
    const { workflowId, requestId } = request;
    const asking = askingOf(context, requestId);
    const snapshot = await updateProperties(deps, asking, { workflowId, change: propertiesChangeFromProto(request) });
    deps.logger.info({ workflow: workflowId, author: asking.author }, 'changed properties');
    return { snapshot: propertiesSnapshotToProto(snapshot) };
  };
}
