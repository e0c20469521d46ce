import { isConnectionError, type Statement } from '@maestro/postgres';
import type { Pool, PoolClient } from 'pg';

/** BEGIN and COMMIT travel with the first and the last statements of an act: two round trips less. */
export const BEGIN: Statement = { name: 'begin', text: 'begin' };
export const COMMIT: Statement = { name: 'commit', text: 'commit' };

/**
 * actTransaction runs work that begins and commits by itself, by putting BEGIN and COMMIT into its pipelines, on one
 * connection; it is rolled back when it throws. The lock of the feed is then held for as long as Postgres commits and no
 * longer: with a COMMIT of its own it was also held while this process was busy with something else.
 */
export async function actTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
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
