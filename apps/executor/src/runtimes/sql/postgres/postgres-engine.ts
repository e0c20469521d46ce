import { POSTGRES } from '../script/dialect.js';
import type { SqlEngine } from '../sql-engine.js';
import { PostgresSession } from './postgres-session.js';

/** postgresEngine runs scripts on the Postgres of a URL: one connection for each attempt. */
export function postgresEngine(url: string): SqlEngine {
  return { dialect: POSTGRES, transactions: true, open: (request) => PostgresSession.open(url, request) };
}
