import { MaestroError } from '@maestro/domain';
import type { CallContext } from '@maestro/grpc';

/** callerOf is on whose behalf a change is made. Throws MISSING_CALLER. */
export function callerOf({ caller }: Pick<CallContext, 'caller'>): string {
  if (caller !== undefined) return caller;
  throw new MaestroError('MISSING_CALLER', 'A change must say who makes it: send the metadata "maestro-caller".');
}
