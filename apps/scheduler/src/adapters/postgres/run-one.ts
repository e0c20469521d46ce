import { pipeline, StatementError, type Statement } from '@maestro/postgres';
import type { Pool } from 'pg';

/** runOne runs one statement on any connection of the pool. */
export async function runOne<R>(pool: Pool, statement: Statement<R>): Promise<readonly R[]> {
  const client = await pool.connect();
  try {
    const [result] = await pipeline(client, [statement]);
    client.release();
    return result.rows;
  } catch (error) {
    // A refused statement leaves a good connection behind, anything else does not.
    client.release(!(error instanceof StatementError && error.code?.length === 5));
    throw error;
  }
}
