import type { Handler } from '@maestro/grpc';
import { PermitService } from '@maestro/proto/maestro/scheduler/v1/permit_service';
import type { PermitDeps } from '../usecases/set-tag-permit.js';
import { permitToProto, tenantOf } from './permit-message.js';

/** listTagPermitsRpc serves ListTagPermits. */
export function listTagPermitsRpc({
  reader,
}: Pick<PermitDeps, 'reader'>): Handler<typeof PermitService.method.listTagPermits> {
  return async ({ tenant }, context) => ({
    permits: (await reader.list(tenantOf(tenant, context))).map(permitToProto),
  });
}
