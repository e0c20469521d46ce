import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import type { Environment } from './service-environment.js';

/** SqlSurroundings is what decides which connections Sql steps find. */
export interface SqlSurroundings {
  readonly dataDir: string;
  /** What we were started with. */
  readonly base: Environment;
  /** Our own Postgres; undefined when one was given: nothing is made in that. */
  readonly ownPostgresUrl: string | undefined;
}

const CONNECTIONS = 'MAESTRO_EXECUTOR_SQL_CONNECTIONS';
const SANDBOX_URL = 'SANDBOX_POSTGRES_URL';
const SANDBOX = 'sandbox';

/**
 * sqlConnections offers Sql steps a DuckDB, with the folder `files` for data, and a Postgres database of their own. The file in the data folder
 * is written once and belongs to the person then. Returns the variables that the executor needs; none when a file was named.
 */
export async function sqlConnections({ dataDir, base, ownPostgresUrl }: SqlSurroundings): Promise<Environment> {
  if (base[CONNECTIONS] !== undefined) return {};
  const file = join(dataDir, 'sql-connections.yaml');
  const files = join(dataDir, 'files');
  mkdirSync(files, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, connectionsFile(files, ownPostgresUrl !== undefined));
  const sandboxUrl = ownPostgresUrl === undefined ? undefined : await sandboxDatabase(ownPostgresUrl);
  return { [CONNECTIONS]: file, ...(sandboxUrl === undefined ? {} : { [SANDBOX_URL]: sandboxUrl }) };
}

function connectionsFile(files: string, withSandbox: boolean): string {
  const duckdb = `# The connections of Sql steps by name; read at the start of the executor (apps/executor/src/runtimes/sql/README.md).
duckdb:
  type: duckdb
  memory: 1GB
  threads: 2
  folders: [${JSON.stringify(files)}]
`;
  const sandbox = `# A database beside Maestro's own, for trying things out; its address changes with every start.
${SANDBOX}:
  type: postgres
  url: secret://env/${SANDBOX_URL}
`;
  return withSandbox ? `${duckdb}${sandbox}` : duckdb;
}

/** A role that owns its database and may do nothing else gets a new password at every start. */
async function sandboxDatabase(url: string): Promise<string> {
  const password = randomBytes(18).toString('hex');
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const role = escapeIdentifier(SANDBOX);
    const exists = await client.query('select 1 from pg_roles where rolname = $1', [SANDBOX]);
    if (exists.rowCount === 0) await client.query(`create role ${role} login`);
    await client.query(`alter role ${role} password ${escapeLiteral(password)}`);
    const there = await client.query('select 1 from pg_database where datname = $1', [SANDBOX]);
    if (there.rowCount === 0) await client.query(`create database ${role} owner ${role}`);
  } finally {
    await client.end();
  }
  return withLogin(url, password);
}

function withLogin(url: string, password: string): string {
  const sandbox = new URL(url);
  sandbox.username = SANDBOX;
  sandbox.password = password;
  sandbox.pathname = `/${SANDBOX}`;
  return sandbox.href;
}
