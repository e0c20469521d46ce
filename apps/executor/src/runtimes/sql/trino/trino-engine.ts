import type { TrinoConnection } from '../connections.js';
import { TRINO } from '../script/dialect.js';
import type { SqlEngine } from '../sql-engine.js';
import { TrinoSession } from './trino-session.js';

/** trinoEngine runs scripts on a Trino or Presto server; every statement is a transaction of its own. */
export function trinoEngine(connection: TrinoConnection): SqlEngine {
  return {
    dialect: TRINO,
    transactions: false,
    open: (request) => Promise.resolve(new TrinoSession(connection, request)),
  };
}
