import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { isAlive } from './process-state.js';
import { pollUntil } from './poll-until.js';
import { startPostgresServer } from './postgres-server.js';

const folder = mkdtempSync(join(tmpdir(), 'maestro-launcher-'));
// Postgres runs as another user when we are root, who must be able to enter.
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('a server keeps its data over a stop and a start', async () => {
  const first = await startPostgresServer({ dataDir: folder, durable: true });
  await query(first.url, 'create table kept as select 42 as answer');
  expect(await query(first.url, 'show fsync')).toEqual([{ fsync: 'on' }]);
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);

  const second = await startPostgresServer({ dataDir: folder, durable: false });
  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await second.stop();
});

test('a port in use is named', async () => {
  const server = await startPostgresServer({ dataDir: folder, durable: false });
  const other = startPostgresServer({ dataDir: join(folder, 'other'), durable: false, port: server.port });
  await expect(other).rejects.toThrow(`port ${server.port} is in use`);
  await server.stop();
});

test('a server left behind on the same folder is stopped before a new one starts', async () => {
  const left = await startPostgresServer({ dataDir: folder, durable: false });
  const next = await startPostgresServer({ dataDir: folder, durable: false });
  await pollUntil(
    () => (isAlive(left.pid) ? undefined : true),
    5_000,
    () => 'the first server still lives',
  );
  expect(await query(next.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await next.stop();
});
