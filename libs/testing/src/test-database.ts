import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFileLock } from '@maestro/launcher';
import { Client, escapeIdentifier } from 'pg';
import { sharedPostgres, type SharedPostgres } from './shared-postgres.js';

/** SchemaMigrations are the migrations of one service. */
export interface SchemaMigrations {
  readonly schema: string;
  /** Folder of `NNNN-name.sql` files. */
  readonly dir: string;
}

/** TestDatabase is a database for one test file. */
export interface TestDatabase {
  /** Superuser login. */
  readonly url: string;
  /** Drops it, also when connections are still open. */
  stop(): Promise<void>;
}

/**
 * testDatabase is a fresh database with these migrations run. They run once per jest run, into a template; each call
 * clones it. Clone per test file, not per test: a template of many tables takes 150-550 ms.
 */
export async function testDatabase(
  options: { readonly migrations?: readonly SchemaMigrations[] } = {},
): Promise<TestDatabase> {
  const server = await sharedPostgres();
  const template = await withFileLock(server.lockFile, () => templateFor(server, options.migrations ?? []));
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(server, [`create database ${name} template ${template}`]);
  return {
    url: urlOf(server, name),
    stop: () => administer(server, [`drop database if exists ${name} with (force)`]),
  };
}

async function templateFor(server: SharedPostgres, migrations: readonly SchemaMigrations[]): Promise<string> {
  const name = `template_${fingerprint(migrations)}`;
  if (await exists(server, name)) return name;
  const unfinished = `${name}_unfinished`;
  await administer(server, [`drop database if exists ${unfinished} with (force)`, `create database ${unfinished}`]);
  for (const schema of migrations) await runMigrations(urlOf(server, unfinished), schema);
  await administer(server, [`alter database ${unfinished} rename to ${name}`]);
  return name;
}

/** Plain: the checks of `migrate` (@maestro/postgres) are its own tests' matter, and it could not use this package then. */
async function runMigrations(url: string, { schema, dir }: SchemaMigrations): Promise<void> {
  const files = readdirSync(dir).filter((file) => file.endsWith('.sql'));
  await withClient(url, async (client) => {
    await client.query(`create schema ${escapeIdentifier(schema)}; set search_path = ${escapeIdentifier(schema)}`);
    for (const file of files.sort()) await client.query(readFileSync(join(dir, file), 'utf8'));
  });
}

function fingerprint(migrations: readonly SchemaMigrations[]): string {
  const hash = createHash('sha256');
  for (const { schema, dir } of migrations) {
    hash.update(`${schema}\n`);
    for (const file of readdirSync(dir).sort()) hash.update(`${file}\n${readFileSync(join(dir, file), 'utf8')}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

async function exists(server: SharedPostgres, database: string): Promise<boolean> {
  return withClient(server.url, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [database]);
    return found.rowCount === 1;
  });
}

async function administer(server: SharedPostgres, statements: readonly string[]): Promise<void> {
  await withClient(server.url, async (client) => {
    for (const statement of statements) await client.query(statement);
  });
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(server: SharedPostgres, database: string): string {
  return server.url.replace(/[^/]+$/, database);
}
