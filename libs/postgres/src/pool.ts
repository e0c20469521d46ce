import { Pool } from 'pg';
import { sessionOptions, withoutOptions, type SessionSettings } from './session-settings.js';
import { typeParser } from './type-parsers.js';

/** PoolOptions describe one pool of connections of one service. */
export interface PoolOptions {
  readonly url: string;
  /** Most connections open at once. */
  readonly max: number;
  /** What `pg_stat_activity.application_name` shows: the service, for instance `maestro-scheduler`. */
  readonly applicationName: string;
  /** The service's own schema: becomes the search_path, so that statements name bare tables. */
  readonly schema?: string;
  /** Pins plans to index scans with generic plans; for pools that run the same small statements for ever. */
  readonly hotPath?: boolean;
  /** Further session settings, for instance `{ lock_timeout: '200ms' }`. */
  readonly settings?: SessionSettings;
  /** Told when an idle connection dies (Postgres restarted). The pool replaces it by itself. */
  readonly onIdleError?: (error: Error) => void;
}

/** How long to wait for a connection before giving up: longer means callers pile up while Postgres is away. */
const CONNECT_TIMEOUT_MS = 5_000;

/** createPool opens a pool lazily: no connection is made before the first statement. int8 arrives as bigint. */
export function createPool(options: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: withoutOptions(options.url),
    max: options.max,
    application_name: options.applicationName,
    options: sessionOptions(options),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    types: { getTypeParser: typeParser },
  });
  pool.on('error', (error) => options.onIdleError?.(error));
  return pool;
}
