import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '@maestro/testing';
import { Client } from 'pg';
import { MIGRATIONS } from './testing/executor-bench.js';

const FACTS = {
  columns: `select table_name, column_name, ordinal_position::int, data_type, is_nullable, column_default, collation_name
    from information_schema.columns where table_schema = $1 order by table_name, ordinal_position`,
  constraints: `select conrelid::regclass::text as table, conname, pg_get_constraintdef(oid) as executor
    from pg_constraint where connamespace = $1::regnamespace order by 1, 2`,
  indexes: 'select tablename, indexname, indexdef from pg_indexes where schemaname = $1 order by 1, 2',
  sequences: `select sequence_name, start_value, data_type from information_schema.sequences where sequence_schema = $1 order by 1`,
};

async function factsOf(url: string, prepare: string): Promise<unknown> {
  const client = new Client({ connectionString: url, options: '-c search_path=executor' });
  await client.connect();
  try {
    await client.query(prepare);
    const facts: Record<string, unknown> = {};
    for (const [name, query] of Object.entries(FACTS)) facts[name] = (await client.query(query, ['executor'])).rows;
    return facts;
  } finally {
    await client.end();
  }
}

test('schema.sql is what the migrations add up to', async () => {
  const databases: TestDatabase[] = [await testDatabase({ migrations: [MIGRATIONS] }), await testDatabase()];
  const schema = readFileSync(join(__dirname, '../schema.sql'), 'utf8');
  const [migrated, written] = await Promise.all([
    factsOf(databases[0]?.url ?? '', 'select 1'),
    factsOf(databases[1]?.url ?? '', `create schema executor; ${schema}`),
  ]);
  expect(written).toEqual(migrated);
  await Promise.all(databases.map((database) => database.stop()));
});
