import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, testDatabase, waitUntil, type TestDatabase } from '@maestro/testing';
import { maestroCli, type CliAnswer } from './testing/cli.js';
import { rows } from './testing/database.js';
import { step, text } from './testing/runs.js';
import { System } from './testing/system.js';

let system: System;
let database: TestDatabase;
let maestro: (...args: string[]) => Promise<CliAnswer>;

beforeAll(async () => {
  database = await testDatabase();
  const folder = temporaryFolder('e2e-sql');
  const file = join(folder, 'connections.json');
  const connections = {
    duckdb: { type: 'duckdb', memory: '200MB', threads: 1, folders: [folder] },
    sandbox: { type: 'postgres', url: 'secret://env/E2E_SQL_URL' },
    private: { type: 'postgres', url: database.url, tenants: ['somebody-else'] },
  };
  writeFileSync(file, JSON.stringify(connections));
  system = await System.start({
    MAESTRO_EXECUTOR_SQL_CONNECTIONS: file,
    MAESTRO_EXECUTOR_STOP_GRACE_SECONDS: '1',
    E2E_SQL_URL: database.url,
  });
  maestro = maestroCli(system.restUrl);
}, 120_000);

afterAll(async () => {
  await system.stop();
  await database.stop();
}, 60_000);

const ONCE = { retry_policy: { error_retry_limit: 0, platform_retry_limit: 0, timeout_retry_limit: 0 } };

function sql(id: string, script: string, more: Record<string, unknown> = {}): unknown {
  const { params, connection = 'sandbox', ...rest } = more;
  const own = { sql: text(script), connection: text(connection as string), ...(params as object | undefined) };
  return step(id, 'Sql', { ...ONCE, ...rest, params: own });
}

const query = <T extends Record<string, unknown>>(statement: string): Promise<T[]> => rows<T>(database.url, statement);

/** How many statements with this text the server runs now. */
async function running(part: string): Promise<number> {
  const found = await query<{ n: string }>(
    `select count(*)::text as n from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and query like '%${part}%'`,
  );
  return Number(found[0]?.n);
}

const isRunning = (part: string): Promise<boolean> =>
  waitUntil(async () => (await running(part)) > 0, { describe: `${part} runs` });
const isGone = (part: string): Promise<boolean> =>
  waitUntil(async () => (await running(part)) === 0, { describe: `${part} is gone` });

test('the example runs, and its outputs, artifact and log can be read', async () => {
  expect((await maestro('push', 'examples/sql.yaml')).code).toBe(0);
  expect(await maestro('start', 'sql', '--watch')).toMatchObject({ code: 0 });
  const aggregate = await system.runs.step('sql', 'aggregate');
  expect(aggregate.params?.['orders']?.evaluated_result).toBe(1000);
  const report = await system.runs.step('sql', 'report');
  expect(report.artifacts?.['maestro_sql']).toMatchObject({
    status: 'SUCCESS',
    rows: [['sql/1', '2026-01-01', '1000', '3746.25']],
  });
  expect((await maestro('logs', 'sql/1/keep')).stdout).toContain('statement 2 of 2');
});

test('a statement that is wrong fails the step as the matter of its author, and nothing of its transaction stays', async () => {
  await query('create table wrong (id int)');
  const script = 'insert into wrong values (1); insert into wrong values (1/0)';
  await system.runs.pushSteps('wrong', [sql('bad', script)]);
  expect((await system.runs.finish('wrong')).status).toBe('FAILED');
  expect(await system.runs.statuses('wrong')).toEqual({ bad: 'FATALLY_FAILED' });
  const { artifacts, timeline } = await system.runs.step('wrong', 'bad');
  expect(JSON.stringify([artifacts, timeline])).toContain('division by zero');
  expect(await query('select * from wrong')).toEqual([]);
});

test('a connection that is not there, or belongs to another tenant, is refused by name', async () => {
  const steps = [
    sql('nowhere', 'select 1', { connection: 'nowhere' }),
    sql('other', 'select 1', { connection: 'private' }),
  ];
  await system.runs.pushSteps('refused', steps);
  expect((await system.runs.finish('refused')).status).toBe('FAILED');
  const { timeline } = await system.runs.step('refused', 'other');
  expect(JSON.stringify(timeline)).toContain('no SQL connection \\"private\\"');
  expect(JSON.stringify(timeline)).toContain('duckdb, sandbox');
});

test.each(['sandbox', 'duckdb'])('a step over its timeout is ended on %s', async (connection) => {
  const id = `timeout-${connection}`;
  const script = connection === 'duckdb' ? ENDLESS_DUCKDB : `select pg_sleep(300) as "${id}"`;
  await system.runs.pushSteps(id, [sql('slow', script, { connection, timeout: '1 second' })]);
  expect((await system.runs.finish(id)).status).toBe('TIMED_OUT');
  expect(await running(id)).toBe(0);
});

test('a run that is stopped ends its statement at the server', async () => {
  await system.runs.pushSteps('stop-sql', [sql('slow', 'select pg_sleep(300) as "stop-sql"')]);
  await system.runs.start('stop-sql');
  await isRunning('stop-sql');
  expect((await maestro('stop', 'stop-sql/1')).code).toBe(0);
  expect((await system.runs.ended('stop-sql')).status).toBe('STOPPED');
  expect(await running('stop-sql')).toBe(0);
});

test('an executor that is killed in the middle: its statement ends, and the next attempt runs', async () => {
  await query('create table if not exists killed (attempt text primary key)');
  const script = `insert into killed values (:maestro_attempt_id);
    select case when (select count(*) from killed where attempt <> :maestro_attempt_id) = 0 then pg_sleep(300) end as "killed-sql"`;
  const retry = {
    retry_policy: { platform_retry_limit: 3, backoff: { type: 'FIXED_BACKOFF', platform_retry_backoff_in_secs: 0 } },
  };
  await system.runs.pushSteps('killed-sql', [
    sql('work', script, { params: { transaction: { type: 'BOOLEAN', value: false } }, ...retry }),
  ]);
  await system.runs.start('killed-sql');
  await isRunning('killed-sql');
  await waitUntil(async () => (await system.runs.step('killed-sql', 'work')).runtime_state.status === 'RUNNING');
  system.kill('executor');
  await isGone('killed-sql');
  expect((await system.runs.ended('killed-sql', 1, 60_000)).status).toBe('SUCCEEDED');
  const attempts = await query<{ attempt: string }>('select attempt from killed');
  expect(attempts.length).toBeGreaterThan(1);
}, 90_000);

test('a task that is delivered twice carries the same key, so that its effect happens once', async () => {
  await query('create table effects (key text primary key); create table deliveries (key text)');
  // Killed before its first two seconds are over, the executor has not acknowledged the task: another one is given it.
  const script = `insert into deliveries values (:maestro_attempt_id);
    select case when (select count(*) from deliveries) < 2 then pg_sleep(300) end as "twice-sql";
    insert into effects values (:maestro_attempt_id) on conflict do nothing`;
  const again = { retry_policy: { platform_retry_limit: 0 } };
  await system.runs.pushSteps('twice', [
    sql('work', script, { params: { transaction: { type: 'BOOLEAN', value: false } }, ...again }),
  ]);
  await system.runs.start('twice');
  await isRunning('twice-sql');
  system.kill('executor');
  expect((await system.runs.ended('twice', 1, 60_000)).status).toBe('SUCCEEDED');
  const deliveries = await query<{ key: string }>('select key from deliveries');
  expect(deliveries).toHaveLength(2);
  expect(new Set(deliveries.map(({ key }) => key)).size).toBe(1);
  expect(await query('select key from effects')).toHaveLength(1);
}, 90_000);

const ENDLESS_DUCKDB = 'select sum(a.range * b.range) from range(10000000) a, range(1000000) b';
