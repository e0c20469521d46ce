import { setTimeout as wait } from 'node:timers/promises';
import type { Json, JsonObject } from '@maestro/domain';
import { artifactsOf, outputsOf, RecordingContext, taskWith } from '../../testing/runtime-context.js';
import type { RuntimeResult } from '../runtime.js';
import type { SqlEngine } from './sql-engine.js';
import { sql } from './sql.js';

/** ContractSubject is an engine under test. */
export interface ContractSubject {
  engine(): SqlEngine;
  /** A statement that runs for minutes unless it is stopped. */
  readonly endless: string;
  /** A place whose value is a list of whole numbers, with its type where the engine cannot infer it. */
  list(place: string): string;
  /** Whether the endless statement still runs at the server. */
  endlessRuns(): Promise<boolean>;
}

let tables = 0;

/** An engine keeps these promises, whichever it is. */
export function sqlContract(subject: ContractSubject): void {
  const context = (): RecordingContext => new RecordingContext();
  const run = (script: string, params: JsonObject = {}, ctx = context()): Promise<RuntimeResult> => {
    const runtime = sql({ connect: () => Promise.resolve(subject.engine()) });
    return runtime.start(taskWith('Sql', { connection: 'it', sql: script, ...params }), ctx);
  };
  const artifact = (result: RuntimeResult): JsonObject =>
    ((artifactsOf(result) as JsonObject)['maestro_sql'] ?? {}) as JsonObject;
  const table = (): string => `contract_${process.pid}_${(tables += 1)}`;
  const outputs = (result: RuntimeResult): Record<string, Json> =>
    Object.fromEntries(
      Object.entries((outputsOf(result) ?? {}) as Record<string, { value: Json }>).map(([k, { value }]) => [k, value]),
    );

  it('a script is its statements in order, with what each did', async () => {
    const t = table();
    const ctx = context();
    const script = `create table ${t} (id bigint, name varchar(20));\ninsert into ${t} values (1, 'a'), (2, 'b');\nselect id, name from ${t} order by id`;
    const result = await run(script, {}, ctx);
    expect(result.outcome).toBe('DONE');
    const { statements, columns, rows, truncated, status } = artifact(result);
    expect(statements).toMatchObject([{ line: 1n }, { line: 2n, row_count: 2n }, { line: 3n, row_count: 2n }]);
    expect(columns).toMatchObject([{ name: 'id' }, { name: 'name' }]);
    expect({ rows, truncated, status }).toEqual({
      rows: [
        ['1', 'a'],
        ['2', 'b'],
      ],
      truncated: false,
      status: 'SUCCESS',
    });
    expect(ctx.text('system')).toContain('statement 2 of 3 (line 2, INSERT) begins');
  });

  it('numbers and times stay exact', async () => {
    const script =
      "select cast(9223372036854775807 as bigint) as l, cast('123456789012345678.0123456789' as decimal(38, 10)) as d, timestamp '2026-01-02 03:04:05.123456' as t";
    const { rows } = artifact(await run(script));
    expect(rows).toEqual([['9223372036854775807', '123456789012345678.0123456789', '2026-01-02 03:04:05.123456']]);
  });

  it('values are bound, whatever they hold, and never become part of a statement', async () => {
    const evil = "'; drop table x; -- \\' \" :a $1 ?";
    const script = 'select cast(:evil as varchar) as evil, cast(:id as bigint) as id, cast(:evil as varchar) as again';
    const result = await run(script, { evil: 'from the step', binds: { evil, id: 9007199254740993n } });
    expect(result.message).toBeUndefined();
    expect(artifact(result)['rows']).toEqual([[evil, '9007199254740993', evil]]);
  });

  it('values that are bound do not show in the log', async () => {
    const ctx = context();
    await run('select cast(:v as varchar) as v', { binds: { v: 'hush-hush' } }, ctx);
    expect(JSON.stringify(ctx.logged)).not.toContain('hush-hush');
  });

  it('lists are bound as lists, truth values as such, and null as NULL', async () => {
    const numbers = `select u from unnest(${subject.list(':list')}) as q(u)`;
    const script = `select count(*) as c from (select cast(1 as bigint) as x union all select 5) t where x in (${numbers}) and :yes and cast(:none as bigint) is null`;
    const result = await run(script, { binds: { list: [1n, 2n], yes: true, none: null }, c: 0n });
    expect(result.message).toBeUndefined();
    expect(outputs(result)).toEqual({ c: 1n });
  });

  it('columns of the first row become the params of their names', async () => {
    const script =
      "select cast(7 as bigint) as n, cast(1.5 as decimal(4, 2)) as d, true as b, 'x' as s, cast(null as bigint) as nothing, 1 as unasked";
    const result = await run(script, { n: 0n, d: 0.5, b: false, s: '', nothing: 1n });
    expect(outputs(result)).toEqual({ n: 7n, d: '1.50', b: true, s: 'x' });
  });

  it('"outputs" says which column becomes which param', async () => {
    expect(outputs(await run('select 3 as three', { outputs: { total: 'three' } }))).toEqual({ total: 3n });
    const wrong = await run('select 3 as three', { outputs: { total: 'four' } });
    expect(wrong).toMatchObject({ outcome: 'USER_ERROR', message: expect.stringContaining('columns three') as string });
  });

  it('only the first rows are kept, and all are counted', async () => {
    const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((d) => `select ${d} as d`).join(' union all ');
    const script = `with digits as (${digits}) select a.d * 100 + b.d * 10 + c.d as n from digits a, digits b, digits c order by 1`;
    const { rows, truncated, statements } = artifact(await run(script, { max_rows: 3n }));
    expect(rows).toEqual([['0'], ['1'], ['2']]);
    expect(truncated).toBe(true);
    expect(statements).toMatchObject([{ row_count: 1000n }]);
  });

  it('what is wrong with a statement is a user error that names it, with what ran before', async () => {
    const result = await run('select 1; select * from there_is_no_such_table');
    expect(result).toMatchObject({
      outcome: 'USER_ERROR',
      message: expect.stringContaining('there_is_no_such_table') as string,
    });
    expect(artifact(result)).toMatchObject({ status: 'FAILED', statements: [{ line: 1n }] });
  });

  it('a name without a value fails for good before anything runs', async () => {
    const result = await run('select 1; select :nope');
    expect(result).toMatchObject({ outcome: 'FATAL_ERROR', message: expect.stringContaining(':nope') as string });
    expect(artifact(result)['statements']).toEqual([]);
  });

  it('the attempt is known to the script', async () => {
    const { rows } = artifact(await run('select :maestro_attempt_id as a, :maestro_instance_id as i'));
    expect(rows).toEqual([['77-0-1', '9007199254740993']]);
  });

  it('a cancel ends the statement at the server', async () => {
    const ctx = context();
    const ending = run(subject.endless, {}, ctx);
    for (let round = 0; round < 500 && !(await subject.endlessRuns()); round += 1) await wait(10);
    expect(await subject.endlessRuns()).toBe(true);
    ctx.abort();
    expect(await ending).toEqual({ outcome: 'STOPPED' });
    expect(await subject.endlessRuns()).toBe(false);
  }, 20_000);

  it('a statement over its time is ended at the server', async () => {
    const result = await run(subject.endless, { statement_timeout: '500 ms' });
    expect(result.outcome).toBe('TIMED_OUT');
    expect(await subject.endlessRuns()).toBe(false);
  }, 20_000);

  it('what runs long does not hold up this process', async () => {
    let last = performance.now();
    let longest = 0;
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    await run(subject.endless, { statement_timeout: '700 ms' });
    clearInterval(timer);
    expect(longest).toBeLessThan(300);
  }, 20_000);

  it('one transaction is the default of several statements, where there are transactions', async () => {
    const t = table();
    await run(`create table ${t} (id bigint)`);
    const failed = await run(`insert into ${t} values (1); select * from there_is_no_such_table`);
    expect(failed.outcome).toBe('USER_ERROR');
    const { rows } = artifact(await run(`select count(*) as c from ${t}`));
    expect(rows).toEqual([[subject.engine().transactions ? '0' : '1']]);
  });

  it('without a transaction what ran before the failure stays', async () => {
    const t = table();
    await run(`create table ${t} (id bigint)`);
    await run(`insert into ${t} values (1); select * from there_is_no_such_table`, { transaction: false });
    expect(artifact(await run(`select count(*) as c from ${t}`))['rows']).toEqual([['1']]);
  });

  it('a transaction that the engine or the script cannot have is refused', async () => {
    const result = await run('begin; select 1; commit', { transaction: true });
    expect(result.outcome).toBe('FATAL_ERROR');
    expect(artifact(result)['statements']).toEqual([]);
  });
}
