import type { Pool } from 'pg';
import { pipeline } from './pipeline.js';
import { isConnectionError, sqlState } from './sqlstate.js';
import type { Statement, StatementResults } from './statement.js';

/**
 * query runs statements on any connection of the pool in one round trip and one implicit transaction: what they read is of
 * one moment.
 */
export async function query<const S extends readonly Statement<unknown>[]>(
  pool: Pool,
  statements: S,
): Promise<StatementResults<S>> {
  const client = await pool.connect();
  try {
    const results = await pipeline(client, statements);
    client.release();
    return results;
  } catch (error) {
    // A refused statement leaves a good connection behind, anything else does not.
    client.release(sqlState(error) === undefined || isConnectionError(error));
    throw error;
  }
}

/** queryOne is `query` of one statement; it returns its rows. */
export async function queryOne<R>(pool: Pool, statement: Statement<R>): Promise<readonly R[]> {
  const [{ rows }] = await query(pool, [statement]);
  return rows;
}
