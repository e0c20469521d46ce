import { Client } from 'pg';
import { testDatabase, waitUntil, type TestDatabase } from '@maestro/testing';
import type { JsonObject } from '@maestro/domain';
import { artifactsOf, RecordingContext, taskWith } from '../../../testing/runtime-context.js';
import type { RuntimeResult } from '../../runtime.js';
import { sqlContract } from '../sql.contract.js';
import { sql } from '../sql.js';
import { postgresEngine } from './postgres-engine.js';

let database: TestDatabase;
let admin: Client;

beforeAll(async () => {
  database = await testDatabase();
  admin = new Client({ connectionString: database.url });
  await admin.connect();
}, 60_000);

afterAll(async () => {
  await admin.end();
  await database.stop();
});

async function activity(): Promise<{ query: string; state: string; application_name: string }[]> {
  const found = await admin.query<{ query: string; state: string; application_name: string }>(
    'select query, state, application_name from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  return found.rows;
}

function run(script: string, context = new RecordingContext(), url = database.url): Promise<RuntimeResult> {
  const runtime = sql({ connect: () => Promise.resolve(postgresEngine(url)) });
  return runtime.start(taskWith('Sql', { connection: 'it', sql: script }), context);
}

const rowsOf = (result: RuntimeResult): unknown =>
  ((artifactsOf(result) as JsonObject)['maestro_sql'] as JsonObject)['rows'];

describe('the contract', () => {
  sqlContract({
    engine: () => postgresEngine(database.url),
    endless: 'select pg_sleep(600)',
    list: (place) => `cast(${place} as bigint[])`,
    endlessRuns: async () =>
      (await activity()).some(({ query, state }) => state === 'active' && query.includes('pg_sleep(600)')),
  });
});

it('the server sees which attempt asks', async () => {
  const result = await run("select current_setting('maestro.attempt_id'), current_setting('application_name')");
  expect(rowsOf(result)).toEqual([['77-0-1', 'maestro 77-0-1']]);
});

it('notices of the server are in the log', async () => {
  const context = new RecordingContext();
  await run("do $$ begin raise notice 'half; way'; end $$", context);
  expect(context.text('stdout')).toBe('NOTICE: half; way\n');
});

it('a violated constraint is a user error with its detail', async () => {
  const result = await run(
    'create table once (id int primary key); insert into once values (1); insert into once values (1)',
  );
  expect(result.outcome).toBe('USER_ERROR');
  expect(result.message).toContain('SQLSTATE 23505');
  expect(result.message).toContain('Key (id)=(1) already exists.');
});

it('a serialization conflict is of the platform', async () => {
  const result = await run("do $$ begin raise exception 'try again' using errcode = '40001'; end $$");
  expect(result).toMatchObject({ outcome: 'PLATFORM_ERROR' });
});

it('a statement that must not be in a transaction runs alone', async () => {
  expect(await run('vacuum')).toMatchObject({ outcome: 'DONE' });
});

it('a server that cannot be reached, or does not let us in, is of the platform', async () => {
  const nowhere = database.url.replace(/:\d+\//, ':1/');
  expect(await run('select 1', new RecordingContext(), nowhere)).toMatchObject({ outcome: 'PLATFORM_ERROR' });
});

it('a connection that is cut in the middle is of the platform, and its transaction is undone', async () => {
  await run('create table cut (id int)');
  const result = await run('insert into cut values (1); select pg_terminate_backend(pg_backend_pid()); select 1');
  expect(result.outcome).toBe('PLATFORM_ERROR');
  expect(rowsOf(await run('select count(*) from cut'))).toEqual([['0']]);
});

it('no connection is left', async () => {
  await waitUntil(async () => (await activity()).length === 0);
});
