import type { Pool, PoolClient } from 'pg';
import { isConnectionError } from './sqlstate.js';
import type { Statement } from './statement.js';

/** BEGIN and COMMIT travel with the first and the last statements of a pipelined transaction. */
export const BEGIN: Statement = { name: 'begin', text: 'begin' };
export const COMMIT: Statement = { name: 'commit', text: 'commit' };

/**
 * transaction runs `work` between BEGIN and COMMIT on one connection, and rolls back when it throws. A connection error
 * from the COMMIT leaves the outcome unknown. The connection goes back to the pool unless it is broken.
 */
export function transaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return pipelinedTransaction(pool, async (client) => {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  });
}

/**
 * pipelinedTransaction is `transaction` for work that puts BEGIN and COMMIT into its own pipelines: two round trips less, and locks are held no longer than Postgres needs.
 */
export async function pipelinedTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    return await work(client);
  } catch (error) {
    broken = isConnectionError(error) || !(await rolledBack(client));
    throw error;
  } finally {
    client.release(broken);
  }
}

async function rolledBack(client: PoolClient): Promise<boolean> {
  return client.query('rollback').then(
    () => true,
    () => false,
  );
}
