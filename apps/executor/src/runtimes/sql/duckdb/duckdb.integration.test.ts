import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '@maestro/domain';
import { duckDbWorker, temporaryFolder, waitUntil } from '@maestro/testing';
import { artifactsOf, RecordingContext, taskWith } from '../../../testing/runtime-context.js';
import type { RuntimeResult } from '../../runtime.js';
import { readSqlConnections, type DuckDbConnection } from '../connections.js';
import { sqlContract } from '../sql.contract.js';
import { sql } from '../sql.js';
import { duckDbEngine } from './duckdb-engine.js';
import { workersOf } from './testing/worker-processes.js';

const folder = temporaryFolder('maestro-duckdb-');
const scratchDir = join(folder, 'scratch');
const parts = { script: duckDbWorker(), scratchDir, graceMs: 1_000 };
const ENDLESS = 'select sum(a.range * b.range) from range(10000000) a, range(1000000) b';

function connection(more: JsonObject = {}): DuckDbConnection {
  const { it: found } = readSqlConnections({ it: { type: 'duckdb', memory: '200MB', ...more } });
  return found as DuckDbConnection;
}

function run(script: string, more: JsonObject = {}, context = new RecordingContext()): Promise<RuntimeResult> {
  const runtime = sql({ connect: () => Promise.resolve(duckDbEngine(connection(more), parts)) });
  return runtime.start(taskWith('Sql', { connection: 'it', sql: script }), context);
}

const rowsOf = (result: RuntimeResult): unknown =>
  ((artifactsOf(result) as JsonObject)['maestro_sql'] as JsonObject)['rows'];

describe('the contract', () => {
  const file = join(folder, 'contract.duckdb');
  sqlContract({
    engine: () => duckDbEngine(connection({ path: file }), parts),
    endless: ENDLESS,
    list: (place) => place,
    endlessRuns: () => Promise.resolve(workersOf(parts.script).length > 0 && workersBusy()),
  });

  function workersBusy(): boolean {
    return workersOf(parts.script).some(({ cpuTicks }) => cpuTicks > 50);
  }
});

it('Parquet files of an allowed folder are written and read', async () => {
  const file = join(folder, 'orders.parquet');
  const script = `copy (select range as id, 'c' || range % 3 as customer from range(10)) to '${file}' (format parquet);
    select customer, count(*) from '${file}' group by all order by all`;
  const result = await run(script, { folders: [folder] });
  expect(result.message).toBeUndefined();
  expect(rowsOf(result)).toEqual([
    ['c0', '4'],
    ['c1', '3'],
    ['c2', '3'],
  ]);
  expect(existsSync(file)).toBe(true);
});

it('nothing else of the machine can be read, and no limit be lifted', async () => {
  writeFileSync(join(folder, 'secret.csv'), 'a\n1\n');
  for (const script of [
    `select * from read_csv('${folder}/secret.csv')`,
    "copy (select 1) to '/tmp/maestro-duckdb-escape.csv'",
    'install httpfs',
    'set enable_external_access = true',
    "set memory_limit = '8GB'",
    "select * from read_text('/proc/self/environ')",
  ]) {
    expect(await run(script)).toMatchObject({ outcome: expect.stringMatching(/USER|PLATFORM/) as string });
  }
  expect(existsSync('/tmp/maestro-duckdb-escape.csv')).toBe(false);
});

it('a statement over its memory fails without harm to this process', async () => {
  const result = await run('select list(range) from range(1000000000)', { memory: '50MB' });
  expect(result.outcome).toBe('PLATFORM_ERROR');
  expect(result.message).toContain('Out of Memory');
});

it('a process that is killed fails the attempt as a matter of the platform, and leaves nothing', async () => {
  const context = new RecordingContext();
  const ending = run(ENDLESS, {}, context);
  const [worker] = await waitUntil(() => {
    const found = workersOf(parts.script).filter(({ cpuTicks }) => cpuTicks > 50);
    return found.length > 0 ? found : undefined;
  });
  process.kill(worker!.pid, 'SIGKILL');
  expect(await ending).toMatchObject({
    outcome: 'PLATFORM_ERROR',
    message: expect.stringContaining('SIGKILL') as string,
  });
  expect(readdirSync(scratchDir)).toEqual([]);
});

it('an attempt that was stopped before it began starts no process', async () => {
  const context = new RecordingContext();
  context.abort();
  expect(await run('select 1', {}, context)).toEqual({ outcome: 'STOPPED' });
});

it('the idempotency key is a variable of the session', async () => {
  expect(rowsOf(await run("select getvariable('maestro_attempt_id')"))).toEqual([['77-0-1']]);
});
