import { Client, escapeIdentifier } from 'pg';
import { readMigrations, type Migration } from './migration-files.js';
import { sessionOptions, withoutOptions } from './session-settings.js';

/** MigrateOptions say what to bring up to date, and where. */
export interface MigrateOptions {
  /** A login that may create schemas (and roles, when `role` is given). */
  readonly url: string;
  /** The service's schema; created when missing. */
  readonly schema: string;
  /** A role that gets the rights on the schema's tables; created (without login) when missing. */
  readonly role?: string;
  /** Folder of `NNNN-name.sql` files. */
  readonly dir: string;
  readonly log?: (message: string) => void;
}

type Log = (message: string) => void;

/**
 * migrate runs the migrations that the schema lacks, each in its own transaction, and returns their names. Safe to run
 * by several starters at once (advisory lock; the migration's row is inserted first, so that two can never both pass).
 * Throws when a migration that ran was changed since. One that the database has and this code does not know is left
 * alone: a newer version runs beside this one.
 */
export async function migrate(options: MigrateOptions): Promise<readonly string[]> {
  const migrations = await readMigrations(options.dir);
  const client = new Client({ connectionString: withoutOptions(options.url), options: sessionOptions(options) });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`maestro.migrate.${options.schema}`]);
    await prepareSchema(client, options);
    const done = await applyMissing(client, options, migrations);
    await grantToRole(client, options);
    return done;
  } finally {
    await client.end();
  }
}

async function prepareSchema(client: Client, { schema, role }: MigrateOptions): Promise<void> {
  const known = await client.query('select 1 from pg_namespace where nspname = $1', [schema]);
  if (known.rowCount === 0) await client.query(`create schema ${escapeIdentifier(schema)}`);
  await client.query(
    `create table if not exists ${migrationTable(schema)} (
       number int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`,
  );
  if (role === undefined) return;
  const roles = await client.query('select 1 from pg_roles where rolname = $1', [role]);
  if (roles.rowCount === 0) await client.query(`create role ${escapeIdentifier(role)} nologin`);
}

async function applyMissing(
  client: Client,
  { schema, log = () => undefined }: MigrateOptions,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  const applied = await appliedChecksums(client, schema);
  const missing = migrations.filter((migration) => isMissing(migration, applied, schema));
  for (const migration of missing) await apply(client, schema, migration, log);
  return missing.map((migration) => migration.name);
}

async function appliedChecksums(client: Client, schema: string): Promise<ReadonlyMap<number, string>> {
  const result = await client.query<{ number: number; checksum: string }>(
    `select number, checksum from ${migrationTable(schema)}`,
  );
  return new Map(result.rows.map((row) => [row.number, row.checksum]));
}

function isMissing(migration: Migration, applied: ReadonlyMap<number, string>, schema: string): boolean {
  const checksum = applied.get(migration.number);
  if (checksum === undefined) return true;
  if (checksum === migration.checksum) return false;
  throw new Error(
    `migration ${migration.name} was changed after it ran on schema "${schema}". ` +
      'Restore its text and put the change into a new migration.',
  );
}

async function apply(client: Client, schema: string, migration: Migration, log: Log): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`insert into ${migrationTable(schema)} (number, name, checksum) values ($1, $2, $3)`, [
      migration.number,
      migration.name,
      migration.checksum,
    ]);
    await client.query(migration.sql);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`migration ${migration.name} of schema "${schema}" failed: ${reason}`, { cause: error });
  }
  log(`${schema}: ran ${migration.name}`);
}

async function grantToRole(client: Client, { schema, role }: MigrateOptions): Promise<void> {
  if (role === undefined) return;
  const [inSchema, to] = [escapeIdentifier(schema), escapeIdentifier(role)];
  await client.query(`grant usage on schema ${inSchema} to ${to}`);
  await client.query(`grant select, insert, update, delete, truncate on all tables in schema ${inSchema} to ${to}`);
  await client.query(`grant usage on all sequences in schema ${inSchema} to ${to}`);
}

function migrationTable(schema: string): string {
  return `${escapeIdentifier(schema)}.migration`;
}
