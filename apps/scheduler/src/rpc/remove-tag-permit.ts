import type { Handler } from '@maestro/grpc';
import { PermitService } from '@maestro/proto/maestro/scheduler/v1/permit_service';
import { timelineEventToProto } from '@maestro/wire';
import { callerOf } from '@maestro/service';
import { removeTagPermit } from '../usecases/remove-tag-permit.js';
import type { PermitDeps } from '../usecases/set-tag-permit.js';
import { tagOf } from './permit-message.js';

/** removeTagPermitRpc serves RemoveTagPermit. */
export function removeTagPermitRpc(deps: PermitDeps): Handler<typeof PermitService.method.removeTagPermit> {
  return async (request, context) => {
    const author = callerOf(context);
    const tag = tagOf(request, context);
    await removeTagPermit(deps, tag);
    const message = `The limit of the tag ${tag.name} was removed; who waited for it goes on.`;
    const event = { type: 'ACTION', timestamp: deps.now(), action: 'REMOVE', author, message } as const;
    return { timelineEvent: timelineEventToProto(event) };
  };
}
