import { Client, escapeIdentifier } from 'pg';
import { testDatabase, type SchemaMigrations } from './test-database.js';

const FACTS = {
  columns: `select table_name, column_name, ordinal_position::int, data_type, is_nullable, column_default,
      identity_generation, collation_name
    from information_schema.columns where table_schema = $1 order by table_name, ordinal_position`,
  constraints: `select conrelid::regclass::text as table, conname, pg_get_constraintdef(oid) as definition
    from pg_constraint where connamespace = $1::regnamespace order by 1, 2`,
  indexes: 'select tablename, indexname, indexdef from pg_indexes where schemaname = $1 order by 1, 2',
  sequences: `select sequence_name, start_value, data_type from information_schema.sequences where sequence_schema = $1
    order by 1`,
  storage: `select relname, relkind::text, relpersistence::text, reloptions, pg_get_partkeydef(oid) as partition_key,
      pg_get_expr(relpartbound, oid) as partition_bound
    from pg_class where relnamespace = $1::regnamespace order by 1`,
};

/** SchemaFacts are the columns, constraints, indexes, sequences and storage settings of one schema. */
export type SchemaFacts = Readonly<Record<keyof typeof FACTS, readonly unknown[]>>;

/**
 * schemaFacts makes a service's schema twice, by its migrations and by the text of its `schema.sql`, and tells what came of
 * each: a test expects them to be equal.
 */
export async function schemaFacts(
  migrations: SchemaMigrations,
  text: string,
): Promise<{ readonly migrated: SchemaFacts; readonly written: SchemaFacts }> {
  const { schema } = migrations;
  const [migrated, written] = await Promise.all([
    factsOf(schema, [migrations], 'select 1'),
    factsOf(schema, [], `create schema ${escapeIdentifier(schema)}; ${text}`),
  ]);
  return { migrated, written };
}

async function factsOf(schema: string, migrations: readonly SchemaMigrations[], prepare: string): Promise<SchemaFacts> {
  const database = await testDatabase({ migrations });
  const client = new Client({ connectionString: database.url, options: `-c search_path=${schema}` });
  try {
    await client.connect();
    await client.query(prepare);
    const facts: Record<string, readonly unknown[]> = {};
    for (const [name, query] of Object.entries(FACTS))
      facts[name] = (await client.query<Record<string, unknown>>(query, [schema])).rows;
    return facts as SchemaFacts;
  } finally {
    await client.end();
    await database.stop();
  }
}
