export { freePort } from '@maestro/launcher';
export { waitUntil, type WaitOptions } from './wait-until.js';
export { testDatabase, type SchemaMigrations, type TestDatabase } from './test-database.js';
export { schemaFacts, type SchemaFacts } from './schema-facts.js';
export { startPostgres, type TestPostgres } from './start-postgres.js';
export { startNats, type TestNats } from './start-nats.js';
export { temporaryFolder } from './temporary-folder.js';
export { evaluationWorker } from './evaluation-worker.js';
export { repositoryRoot } from './repository.js';
