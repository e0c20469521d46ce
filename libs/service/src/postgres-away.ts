import { MaestroError } from '@maestro/domain';
import type { Interceptor } from '@maestro/grpc';
import { isConnectionError } from '@maestro/postgres';

const RETRY_AFTER_MS = 500;

/** postgresAway answers UNAVAILABLE while Postgres is away: a repeat with the same request id is safe. */
export const postgresAway: Interceptor = async (_context, next) => {
  try {
    return await next();
  } catch (error) {
    if (error instanceof MaestroError || !isConnectionError(error)) throw error;
    const message = 'Postgres is away. It is not known whether this was done; ask again with the same request id.';
    throw new MaestroError('UNAVAILABLE', message, { cause: error, retryAfterMs: RETRY_AFTER_MS });
  }
};
