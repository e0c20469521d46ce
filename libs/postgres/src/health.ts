import { MaestroError } from '@maestro/domain';
import type { Pool } from 'pg';

/** healthCheck resolves when Postgres answers; else throws UNAVAILABLE with the reason. For readiness. */
export async function healthCheck(pool: Pool): Promise<void> {
  try {
    await pool.query('select 1');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MaestroError('UNAVAILABLE', `Postgres does not answer: ${reason}`, { cause: error });
  }
}
