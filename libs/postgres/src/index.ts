export { createPool, type PoolOptions } from './pool.js';
export { HOT_PATH_SETTINGS, type SessionSettings } from './session-settings.js';
export { pipeline } from './pipeline.js';
export { StatementError, type Row, type Statement, type StatementResult, type StatementResults } from './statement.js';
export { transaction } from './transaction.js';
export { SQLSTATE, sqlState, isDataError, isConnectionError } from './sqlstate.js';
export { migrate, type MigrateOptions } from './migrate.js';
export { healthCheck } from './health.js';
export { databaseClock, type ClockSource, type DatabaseClock } from './database-clock.js';
