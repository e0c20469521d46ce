import { Client } from 'pg';

/** rows are what a query answers, on a connection of its own. */
export async function rows<T extends Record<string, unknown>>(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<T[]> {
  const client = new Client({ connectionString: url });
  // A server that is restarted ends our connection; the query in flight fails with it, which is enough.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}
