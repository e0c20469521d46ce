import { MaestroError } from '@maestro/domain';
import type { Handler } from '@maestro/grpc';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { propertiesSnapshotToProto, tagFromProto } from '@maestro/wire';
import { upsertTag } from '../usecases/change-tags.js';
import { askingOf } from './asking-of.js';
import type { DefinitionDeps } from './definition-deps.js';

/** upsertTagRpc serves UpsertTag. */
export function upsertTagRpc(deps: DefinitionDeps): Handler<typeof DefinitionService.method.upsertTag> {
  return async ({ workflowId, tag, requestId }, context) => {
    if (tag === undefined) {
      const violations = [{ path: 'tag', message: 'is required' }];
      throw new MaestroError('INVALID_REQUEST', 'Name the tag to set.', { violations });
    }
    const asking = askingOf(context, requestId);
    const snapshot = await upsertTag(deps, asking, { workflowId, tag: tagFromProto(tag, 'tag') });
    deps.logger.info({ workflow: workflowId, tag: tag.name, author: asking.author }, 'set a tag');
    return { snapshot: propertiesSnapshotToProto(snapshot) };
  };
}
