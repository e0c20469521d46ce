import { MaestroError } from '@maestro/domain';
import type { CallContext } from '@maestro/grpc';
import type { Asking } from '../usecases/asking.js';

/** Metadata key that names the tenant of a call. */
export const TENANT_KEY = 'maestro-tenant';
const DEFAULT_TENANT = 'default';

/** callerOf is on whose behalf a change is made. Throws MISSING_CALLER. */
export function callerOf(context: Pick<CallContext, 'caller'>): string {
  if (context.caller !== undefined) return context.caller;
  throw new MaestroError('MISSING_CALLER', 'A change must say who makes it: send the metadata "maestro-caller".');
}

/** tenantOf is the tenant of a call: `default` when it names none. */
export function tenantOf(context: Pick<CallContext, 'metadata'>): string {
  const tenant = context.metadata.get(TENANT_KEY)[0];
  return typeof tenant === 'string' && tenant !== '' ? tenant : DEFAULT_TENANT;
}

/** askingOf is who asks, for which tenant (`default` when the call names none), under which request id. */
export function askingOf(context: Pick<CallContext, 'caller' | 'metadata'>, requestId: string): Asking {
  return { author: callerOf(context), tenant: tenantOf(context), requestId };
}
