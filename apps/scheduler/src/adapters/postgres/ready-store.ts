import { queryOne } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { ReadyStore } from '../../ports/ready-store.js';
import { readReady, readReadyPools } from './ready.js';

export function postgresReady(pool: Pool): ReadyStore {
  return {
    pools: async () => (await queryOne(pool, readReadyPools)).map((row) => row.pool),
    oldest: async (name, limit) =>
      (await queryOne(pool, readReady(name, limit))).map(({ run_key: runKey, ordinal, attempt, dispatch }) => ({
        runKey,
        ordinal,
        attempt,
        dispatch,
      })),
  };
}
