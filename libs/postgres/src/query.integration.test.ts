import { testDatabase, type TestDatabase } from '@maestro/testing';
import type { Pool } from 'pg';
import { createPool, query, queryOne, type Statement } from './index.js';

const backend: Statement<{ pid: number }> = { name: 'backend', text: 'select pg_backend_pid() as pid' };
const refused: Statement = { name: 'refused', text: 'select 1 / 0' };
const suicide: Statement = { name: 'suicide', text: 'select pg_terminate_backend(pg_backend_pid())' };

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool({ url: database.url, max: 1, applicationName: 'query-test', onIdleError: () => undefined });
});
afterAll(async () => {
  await pool.end();
  await database.stop();
});

const pidNow = async (): Promise<number | undefined> => (await queryOne(pool, backend))[0]?.pid;

test('statements that are read together see one moment', async () => {
  const now: Statement<{ at: unknown }> = { name: 'now', text: 'select now() as at' };
  const [first, second] = await query(pool, [now, now]);
  expect(first.rows).toEqual(second.rows);
});

test('a refused statement leaves its connection in the pool', async () => {
  const before = await pidNow();
  await expect(queryOne(pool, refused)).rejects.toThrow('division by zero');
  expect(await pidNow()).toBe(before);
});

test('a broken connection is not used again', async () => {
  const before = await pidNow();
  await expect(queryOne(pool, suicide)).rejects.toThrow();
  expect(await pidNow()).not.toBe(before);
});
