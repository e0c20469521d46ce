import type { Handlers } from '@maestro/grpc';
import type { PermitService } from '@maestro/proto/maestro/scheduler/v1/permit_service';
import type { PermitDeps } from '../usecases/set-tag-permit.js';
import { getTagPermitRpc } from './get-tag-permit.js';
import { listTagPermitsRpc } from './list-tag-permits.js';
import { removeTagPermitRpc } from './remove-tag-permit.js';
import { setTagPermitRpc } from './set-tag-permit.js';

/** permitHandlers has one handler an RPC. */
export function permitHandlers(deps: PermitDeps): Handlers<typeof PermitService> {
  return {
    setTagPermit: setTagPermitRpc(deps),
    getTagPermit: getTagPermitRpc(deps),
    listTagPermits: listTagPermitsRpc(deps),
    removeTagPermit: removeTagPermitRpc(deps),
  };
}
