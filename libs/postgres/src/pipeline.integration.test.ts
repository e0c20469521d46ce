import { testDatabase, type TestDatabase } from '@maestro/testing';
import type { Pool, PoolClient } from 'pg';
import { createPool } from './pool.js';
import { pipeline } from './pipeline.js';
import { isDataError, SQLSTATE } from './sqlstate.js';
import { StatementError, type Statement } from './statement.js';
import { transaction } from './transaction.js';

let database: TestDatabase;
let pool: Pool;
let client: PoolClient;

const insert = (id: bigint): Statement<{ id: bigint }> => ({
  name: 'insert',
  text: 'insert into item (id, body) values ($1, $2) returning id',
  values: [id, { exact: true }],
});
const all: Statement<{ id: bigint; body: string }> = { name: 'all', text: 'select id, body from item order by id' };

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool({ url: database.url, max: 2, applicationName: 'pipeline-test', schema: 'public', hotPath: true });
  client = await pool.connect();
  await client.query('create table item (id bigint primary key, body jsonb)');
});
beforeEach(() => client.query('truncate item'));
afterAll(async () => {
  client.release();
  await pool.end();
  await database.stop();
});

async function failure(...statements: Statement<unknown>[]): Promise<StatementError> {
  const error: unknown = await pipeline(client, statements).catch((reason: unknown) => reason);
  if (error instanceof StatementError) return error;
  throw new Error('the pipeline did not fail');
}

test('every statement gives its rows and its count, int8 exactly and JSON as text', async () => {
  const big = 2n ** 63n - 1n;
  const [first, second, rows, cleared] = await pipeline(client, [
    insert(1n),
    insert(big),
    all,
    { name: 'clear', text: 'update item set body = null' },
  ]);
  expect(first.rows).toEqual([{ id: 1n }]);
  expect(second.rowCount).toBe(1);
  expect(rows.rows.map(({ id }) => id)).toEqual([1n, big]);
  expect(rows.rows[0]?.body).toBe('{"exact": true}');
  expect(cleared).toEqual({ rows: [], rowCount: 2 });
});

test('all statements are one transaction: one that fails undoes those before it and is named', async () => {
  const error = await failure(insert(1n), { name: 'nothing', text: '' }, insert(1n), all);
  expect(error).toMatchObject({ statement: 'insert', code: SQLSTATE.uniqueViolation });
  expect(isDataError(error)).toBe(true);
  expect((await pipeline(client, [all]))[0].rows).toEqual([]);
});

test('a connection goes on after a statement that could not be parsed', async () => {
  const bad = { name: 'bad', text: 'select no_such_column' };
  expect((await failure(bad, all)).statement).toBe('bad');
  expect((await failure(bad, all)).statement).toBe('bad');
  expect((await pipeline(client, [insert(1n), all]))[1].rows).toHaveLength(1);
});

test('a name that stands for another text is refused before anything is sent', async () => {
  await pipeline(client, [all]);
  expect((await failure(insert(1n), { name: 'all', text: 'select 2' })).message).toContain(
    'already stands for another text',
  );
  expect((await pipeline(client, [all]))[0].rows).toEqual([]);
});

test('inside an explicit transaction a pipeline joins it', async () => {
  const undone = transaction(pool, async (inner) => {
    await pipeline(inner, [insert(1n)]);
    throw new Error('changed my mind');
  });
  await expect(undone).rejects.toThrow('changed my mind');
  expect((await pipeline(client, [all]))[0].rows).toEqual([]);
});

test('no statements are no round trip', async () => {
  expect(await pipeline(client, [])).toEqual([]);
});

test('a hot-path session has its own plan settings and the schema as search path', async () => {
  const shown = await client.query(
    `select current_setting('plan_cache_mode') as mode, current_setting('search_path') as path`,
  );
  expect(shown.rows).toEqual([{ mode: 'force_generic_plan', path: 'public' }]);
});
