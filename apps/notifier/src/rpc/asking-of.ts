import { MaestroError } from '@maestro/domain';
import type { CallContext } from '@maestro/grpc';
import type { Asking } from '../usecases/webhook-acts.js';

/** Metadata key that names the tenant of a call. */
const TENANT_KEY = 'maestro-tenant';

/** tenantOf is the tenant that a call is about; `default` when it does not say. */
export function tenantOf({ metadata }: Pick<CallContext, 'metadata'>): string {
  const [tenant] = metadata.get(TENANT_KEY);
  return typeof tenant === 'string' && tenant !== '' ? tenant : 'default';
}

/** askingOf: who changes something has to say who it is, and the request which it is. */
export function askingOf({ requestId }: { readonly requestId: string }, context: CallContext): Asking {
  if (context.caller === undefined) {
    throw new MaestroError('MISSING_CALLER', 'Say who asks: send the metadata "maestro-caller: <name>".');
  }
  if (requestId === '') {
    const violations = [{ path: 'request_id', message: 'is required' }];
    throw new MaestroError('INVALID_REQUEST', 'The request has no request_id.', { violations });
  }
  return { caller: context.caller, tenant: tenantOf(context), requestId };
}
