import { builtWorker } from './built-worker.js';

/** duckDbWorker gives the script of the processes that run DuckDB, bundled from the sources as they are now. */
export function duckDbWorker(): string {
  return builtWorker('duckdb-worker', 'apps/executor');
}
