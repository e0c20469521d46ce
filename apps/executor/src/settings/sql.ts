import { readFileSync } from 'node:fs';
import { setting } from '@maestro/config';
import { parse } from 'yaml';
import { z } from 'zod';
import { readSqlConnections, type SqlConnections } from '../runtimes/sql/connections.js';

/** connectionsFile reads a file of connections; what is wrong with it is told like any other bad setting. */
function connectionsFile(): z.ZodType<SqlConnections, string> {
  return z.string().transform((path, context) => {
    try {
      return path === '' ? {} : readSqlConnections(parse(readFileSync(path, 'utf8')));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      context.addIssue({ code: 'custom', message: `must be a YAML or JSON file of connections: ${reason}` });
      return z.NEVER;
    }
  });
}

/** sqlSettings say which databases Sql steps may use. */
export const sqlSettings = {
  sqlConnections: setting({
    flag: 'executor-sql-connections',
    env: 'MAESTRO_EXECUTOR_SQL_CONNECTIONS',
    schema: connectionsFile(),
    default: '',
    doc: 'YAML or JSON file of the connections that Sql steps may name (see runtimes/sql/README.md); empty: none',
    example: '/etc/maestro/sql-connections.yaml',
  }),
};
