import type { CallContext } from '@maestro/grpc';
import { callerOf } from '@maestro/service';
import type { Asking } from '../usecases/asking.js';

/** Metadata key that names the tenant of a call. */
export const TENANT_KEY = 'maestro-tenant';
const DEFAULT_TENANT = 'default';

/** tenantOf is the tenant of a call: `default` when it names none. */
export function tenantOf(context: Pick<CallContext, 'metadata'>): string {
  const tenant = context.metadata.get(TENANT_KEY)[0];
  return typeof tenant === 'string' && tenant !== '' ? tenant : DEFAULT_TENANT;
}

/** askingOf is who asks, for which tenant (`default` when the call names none), under which request id. */
export function askingOf(context: Pick<CallContext, 'caller' | 'metadata'>, requestId: string): Asking {
  return { author: callerOf(context), tenant: tenantOf(context), requestId };
}
