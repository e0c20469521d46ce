import { MaestroError } from '@maestro/domain';

/** expected is a part that a service promises in its answer; throws INTERNAL when it is not there. */
export function expected<T>(part: T | undefined, what: string): T {
  if (part !== undefined) return part;
  throw new MaestroError('INTERNAL', `The answer of the service lacks its ${what}.`);
}
