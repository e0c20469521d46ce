import type { Handler } from '@maestro/grpc';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { propertiesSnapshotToProto } from '@maestro/wire';
import { deleteTag } from '../usecases/change-tags.js';
import { askingOf } from './asking-of.js';
import type { DefinitionDeps } from './definition-deps.js';

/** deleteTagRpc serves DeleteTag. */
export function deleteTagRpc(deps: DefinitionDeps): Handler<typeof DefinitionService.method.deleteTag> {
  return async ({ workflowId, tagName, requestId }, context) => {
    const asking = askingOf(context, requestId);
    const snapshot = await deleteTag(deps, asking, { workflowId, tagName });
    deps.logger.info({ workflow: workflowId, tag: tagName, author: asking.author }, 'removed a tag');
    return { snapshot: propertiesSnapshotToProto(snapshot) };
  };
}
