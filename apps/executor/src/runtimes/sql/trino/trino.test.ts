import type { JsonObject } from '@maestro/domain';
import { artifactsOf, RecordingContext, taskWith } from '../../../testing/runtime-context.js';
import type { RuntimeResult } from '../../runtime.js';
import { readSqlConnections, type TrinoConnection } from '../connections.js';
import { sqlContract } from '../sql.contract.js';
import { sql } from '../sql.js';
import { answerOf } from './answer.js';
import { literal } from './literal.js';
import { FakeTrino } from './testing/fake-trino.js';
import { trinoEngine } from './trino-engine.js';

let server: FakeTrino;

beforeAll(async () => {
  server = await FakeTrino.start();
});

afterAll(() => server.stop());

function connection(more: JsonObject = {}): TrinoConnection {
  const { it: found } = readSqlConnections({ it: { type: 'trino', url: server.url, ...more } });
  return found as TrinoConnection;
}

function run(script: string, params: JsonObject = {}, more: JsonObject = {}): Promise<RuntimeResult> {
  const runtime = sql({ connect: () => Promise.resolve(trinoEngine(connection(more))) });
  return runtime.start(taskWith('Sql', { connection: 'it', sql: script, ...params }), new RecordingContext());
}

const rowsOf = (result: RuntimeResult): unknown =>
  ((artifactsOf(result) as JsonObject)['maestro_sql'] as JsonObject)['rows'];

describe('the contract', () => {
  sqlContract({
    engine: () => trinoEngine(connection()),
    endless: 'select sum(a.range * b.range) from range(10000000) a, range(1000000) b',
    list: (place) => place,
    endlessRuns: () => Promise.resolve([...server.running.values()].some(({ done }) => !done)),
  });
});

it('requests tell who asks, where, and which attempt', async () => {
  server.seen.length = 0;
  await run('select 1', {}, { user: 'etl', password: 'pw', catalog: 'hive', schema: 'web' });
  const [first, second] = server.seen;
  expect(first).toMatchObject({
    method: 'POST',
    path: '/v1/statement',
    headers: {
      'x-trino-user': 'etl',
      'x-trino-source': 'maestro',
      'x-trino-catalog': 'hive',
      'x-trino-schema': 'web',
      'x-trino-client-tags': 'maestro-attempt:77-0-1',
      authorization: `Basic ${Buffer.from('etl:pw').toString('base64')}`,
    },
  });
  expect(second).toMatchObject({ method: 'GET', headers: { 'x-trino-user': 'etl' } });
});

it('Presto is asked with its own headers, and values come with a prepared statement', async () => {
  server.seen.length = 0;
  await run('select :a', { binds: { a: "it's" } }, { presto: true });
  expect(server.seen[0]).toMatchObject({
    body: "EXECUTE maestro USING 'it''s'",
    headers: { 'x-presto-user': 'maestro', 'x-presto-prepared-statement': 'maestro=select%20%3F' },
  });
});

it('a busy server is asked again', async () => {
  server.busy = 3;
  expect(rowsOf(await run('select 1'))).toEqual([['1']]);
});

it('a server that is not there is of the platform', async () => {
  const result = await run('select 1', {}, { url: 'http://127.0.0.1:1' });
  expect(result).toMatchObject({
    outcome: 'PLATFORM_ERROR',
    message: expect.stringContaining('did not answer') as string,
  });
});

it.each([
  ["it's \\ \n", "'it''s \\ \n'"],
  [7n, "BIGINT '7'"],
  [1.5, "DOUBLE '1.5'"],
  [null, 'NULL'],
  [true, 'true'],
  [[1n, 'a'], "ARRAY[BIGINT '1', 'a']"],
  [{ a: "'" }, `JSON '{"a":"''"}'`],
])('%p is the literal %s', (value, text) => {
  expect(literal(value)).toBe(text);
});

it.each([
  ['USER_ERROR', 'SYNTAX_ERROR', 'USER_ERROR'],
  ['USER_ERROR', 'USER_CANCELED', 'PLATFORM_ERROR'],
  ['INTERNAL_ERROR', 'GENERIC_INTERNAL_ERROR', 'PLATFORM_ERROR'],
  ['INSUFFICIENT_RESOURCES', 'EXCEEDED_TIME_LIMIT', 'TIMED_OUT'],
  ['INSUFFICIENT_RESOURCES', 'CLUSTER_OUT_OF_MEMORY', 'PLATFORM_ERROR'],
  ['EXTERNAL', 'HIVE_METASTORE_ERROR', 'PLATFORM_ERROR'],
])('an error of type %s and name %s is a %s', (errorType, errorName, outcome) => {
  const { failure } = answerOf({ error: { message: 'm', errorType, errorName } });
  expect(failure?.outcome).toBe(outcome);
});
