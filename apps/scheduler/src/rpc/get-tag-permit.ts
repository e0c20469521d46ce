import type { Handler } from '@maestro/grpc';
import { PermitService } from '@maestro/proto/maestro/scheduler/v1/permit_service';
import { getTagPermit } from '../usecases/get-tag-permit.js';
import type { PermitDeps } from '../usecases/set-tag-permit.js';
import { permitToProto, permitUserToProto, tagOf } from './permit-message.js';

/** getTagPermitRpc serves GetTagPermit. */
export function getTagPermitRpc(deps: Pick<PermitDeps, 'reader'>): Handler<typeof PermitService.method.getTagPermit> {
  return async (request, context) => {
    const { permit, holders, waiters } = await getTagPermit(deps, tagOf(request, context));
    return {
      permit: permitToProto(permit),
      holders: holders.map(permitUserToProto),
      waiters: waiters.map(permitUserToProto),
    };
  };
}
