import { queryOne } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { ExecutorLeases } from '../../ports/executor-leases.js';
import type { AttemptRow } from '../../rows/batch-rows.js';
import { readClaims, type ClaimRowRead } from './claim.js';
import { readExpired, readPools, removeGone, renewExecutor } from './executor.js';

/** An executor that has not renewed for this long is dead: what it held may run elsewhere. */
const LEASE_MS = 8_000;

/** postgresExecutorLeases keeps the leases in Postgres, by Postgres' clock. */
export function postgresExecutorLeases(pool: Pool): ExecutorLeases {
  const claims = async (executorId: string): Promise<AttemptRow[]> =>
    (await queryOne(pool, readClaims(executorId))).map(attemptOf);
  return {
    renew: async (lease) => {
      const [row] = await queryOne(pool, renewExecutor(lease, LEASE_MS));
      if (row === undefined) return 'refused';
      return row.former === null || row.former === lease.incarnation ? 'renewed' : 'anew';
    },
    claims,
    expired: async () => {
      const gone = await queryOne(pool, readExpired);
      return Promise.all(
        gone.map(async (row) => ({ executorId: row.executor_id, claims: await claims(row.executor_id) })),
      );
    },
    forget: async (executorId) => void (await queryOne(pool, removeGone(executorId))),
    pools: async () =>
      (await queryOne(pool, readPools)).map((row) => ({
        pool: row.pool,
        executors: Number(row.executors),
        slots: Number(row.slots),
        labels: row.labels,
      })),
  };
}

function attemptOf(row: ClaimRowRead): AttemptRow {
  return { runKey: row.run_key, ordinal: row.ordinal, attempt: row.attempt, dispatch: row.dispatch };
}
