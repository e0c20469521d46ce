import type { DuckDbConnection } from '../connections.js';
import { DUCKDB } from '../script/dialect.js';
import type { SqlEngine } from '../sql-engine.js';
import { DuckDbSession, type DuckDbParts } from './duckdb-session.js';

/** duckDbEngine runs scripts in an embedded DuckDB: one process for each attempt. */
export function duckDbEngine(connection: DuckDbConnection, parts: DuckDbParts): SqlEngine {
  return {
    dialect: DUCKDB,
    transactions: true,
    open: (request) => DuckDbSession.open(connection, parts, request),
  };
}
