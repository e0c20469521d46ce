import type { Handler } from '@maestro/grpc';
import { PermitService } from '@maestro/proto/maestro/scheduler/v1/permit_service';
import { jsonObjectFromProto } from '@maestro/wire';
import { callerOf } from '@maestro/service';
import { setTagPermit, type PermitDeps } from '../usecases/set-tag-permit.js';
import { permitToProto, tagOf } from './permit-message.js';

/** setTagPermitRpc serves SetTagPermit. */
export function setTagPermitRpc(deps: PermitDeps): Handler<typeof PermitService.method.setTagPermit> {
  return async ({ tag, tenant, maxAllowed, extraInfo }, context) => {
    callerOf(context);
    const extra = extraInfo === undefined ? {} : jsonObjectFromProto(extraInfo);
    return { permit: permitToProto(await setTagPermit(deps, tagOf({ tag, tenant }, context), maxAllowed, extra)) };
  };
}
