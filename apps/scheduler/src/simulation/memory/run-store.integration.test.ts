import { join } from 'node:path';
import { createPool } from '@maestro/postgres';
import { testDatabase } from '@maestro/testing';
import { ensurePartitions } from '../../adapters/postgres/partitions.js';
import { postgresRunStore } from '../../adapters/postgres/run-store.js';
import { postgresWakeups } from '../../adapters/postgres/wakeup-store.js';
import { runStoreContract } from './run-store.contract.js';

const SCHEMA = { schema: 'scheduler', dir: join(__dirname, '../../../migrations') };

runStoreContract('Postgres', async () => {
  const database = await testDatabase({ migrations: [SCHEMA] });
  const options = { url: database.url, schema: 'scheduler', applicationName: 'contract' };
  const pool = createPool({ ...options, max: 4, hotPath: true, settings: { lock_timeout: '2s' } });
  await ensurePartitions(pool, Date.UTC(2026, 0, 1));
  return {
    store: postgresRunStore(pool),
    wakeups: postgresWakeups(pool),
    close: async () => {
      await pool.end();
      await database.stop();
    },
  };
});
