import type { Pool, PoolClient } from 'pg';
import { isConnectionError } from './sqlstate.js';

/**
 * transaction runs `work` between BEGIN and COMMIT on one connection, and rolls back when it throws. A connection error
 * from the COMMIT leaves the outcome unknown. The connection goes back to the pool unless it is broken.
 */
export async function transaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
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
