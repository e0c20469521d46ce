import { join } from 'node:path';
import { isSecretReference } from '@maestro/steps';
import type { ExecutorConfig } from './config.js';
import type { SecretProvider } from './ports/secret-provider.js';
import { duckDbEngine } from './runtimes/sql/duckdb/duckdb-engine.js';
import type { DuckDbParts } from './runtimes/sql/duckdb/duckdb-session.js';
import { sqlEngines } from './runtimes/sql/engines.js';
import type { SqlSettings } from './runtimes/sql/sql.js';
import { trinoEngine } from './runtimes/sql/trino/trino-engine.js';
import { SecretResolver } from './usecases/secrets/secret-resolver.js';

/** Beside the bundle of the service. */
const DUCKDB_SCRIPT = join(__dirname, 'duckdb-worker.js');

/** Whoever runs the executor names any secret in the file of connections: the rules are for steps. */
const OPERATORS_RULES = [{ tenant: '*', pattern: '*' }];

/** sqlSettings are the connections of Sql steps. */
export function sqlSettings(
  config: ExecutorConfig,
  providers: readonly SecretProvider[],
  scratchDir: string,
): SqlSettings {
  const secrets = new SecretResolver({
    providers,
    rules: OPERATORS_RULES,
    cacheMs: config.secretsCacheSeconds * 1_000,
  });
  const parts: DuckDbParts = { script: DUCKDB_SCRIPT, scratchDir, graceMs: config.stopGraceSeconds * 1_000 };
  return sqlEngines({
    connections: config.sqlConnections,
    resolve: async (text) => (isSecretReference(text) ? secrets.resolve('', text) : text),
    duckdb: (connection) => duckDbEngine(connection, parts),
    trino: trinoEngine,
  });
}
