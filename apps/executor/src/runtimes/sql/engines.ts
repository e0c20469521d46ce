import type { DuckDbConnection, SqlConnection, SqlConnections, TrinoConnection } from './connections.js';
import { postgresEngine } from './postgres/postgres-engine.js';
import type { SqlEngine } from './sql-engine.js';
import { SqlFailure } from './sql-failure.js';
import type { SqlSettings } from './sql.js';

/** EngineParts are what engines need of their executor. */
export interface EngineParts {
  readonly connections: SqlConnections;
  /** The text itself, or what a `secret://` reference stands for; rejects when it cannot be resolved. */
  resolve(text: string): Promise<string>;
  duckdb(connection: DuckDbConnection): SqlEngine;
  trino(connection: TrinoConnection): SqlEngine;
}

/** sqlEngines finds the engine of a connection by name, for a tenant. */
export function sqlEngines(parts: EngineParts): SqlSettings {
  return {
    connect: async (name, tenant) => {
      const { connections } = parts;
      const connection = Object.hasOwn(connections, name) ? connections[name] : undefined;
      if (connection === undefined || !isOpenTo(connection, tenant)) {
        throw new SqlFailure('FATAL_ERROR', unknown(name, tenant, connections));
      }
      return engineOf(parts, connection);
    },
  };
}

async function engineOf(parts: EngineParts, connection: SqlConnection): Promise<SqlEngine> {
  switch (connection.type) {
    case 'postgres':
      return postgresEngine(await parts.resolve(connection.url));
    case 'duckdb':
      return parts.duckdb(connection);
    case 'trino':
      return parts.trino(await resolved(parts, connection));
  }
}

async function resolved(parts: EngineParts, connection: TrinoConnection): Promise<TrinoConnection> {
  const { url, password } = connection;
  return {
    ...connection,
    url: await parts.resolve(url),
    ...(password === undefined ? {} : { password: await parts.resolve(password) }),
  };
}

function isOpenTo({ tenants }: SqlConnection, tenant: string): boolean {
  return tenants === undefined || tenants.includes(tenant);
}

/** Names of connections of other tenants are not told. */
function unknown(name: string, tenant: string, connections: SqlConnections): string {
  const names = Object.keys(connections).filter((known) => isOpenTo(connections[known] as SqlConnection, tenant));
  const there = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
  return `This executor has no SQL connection "${name}" for tenant "${tenant}"; ${there} (MAESTRO_EXECUTOR_SQL_CONNECTIONS).`;
}
