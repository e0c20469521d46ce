import { queryOne } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { ExecutorLeases } from '../../ports/executor-leases.js';
import type { ClaimRow } from '../../rows/batch-rows.js';
import { readLostClaims, type ClaimRowRead } from './claim.js';
import { readPools, removeGone, renewExecutor } from './executor.js';

/** An executor that has not renewed for this long is dead: what it held may run elsewhere. */
const LEASE_MS = 8_000;

/** postgresExecutorLeases keeps the leases in Postgres, by Postgres' clock. */
export function postgresExecutorLeases(pool: Pool): ExecutorLeases {
  return {
    renew: async (lease) => {
      const [row] = await queryOne(pool, renewExecutor(lease, LEASE_MS));
      if (row === undefined) return 'refused';
      return row.former === null || row.former === lease.incarnation ? 'renewed' : 'anew';
    },
    lost: async () => (await queryOne(pool, readLostClaims)).map(claimOf),
    forget: async () => void (await queryOne(pool, removeGone)),
    pools: async () =>
      (await queryOne(pool, readPools)).map((row) => ({
        pool: row.pool,
        executors: Number(row.executors),
        slots: Number(row.slots),
        labels: row.labels,
      })),
  };
}

function claimOf({ run_key: runKey, ordinal, attempt, dispatch, holder }: ClaimRowRead): ClaimRow {
  return { runKey, ordinal, attempt, dispatch, holder };
}
