import type { Millis } from '@maestro/domain';
import { BEGIN, COMMIT, pipeline, queryOne } from '@maestro/postgres';
import { exactJsonText } from '@maestro/wire';
import type { Pool, PoolClient } from 'pg';
import { PermitLedger } from '../../permits/permit-ledger.js';
import { grantedEvent } from '../../permits/granted-event.js';
import type { Admitted, PermitStore } from '../../ports/permit-store.js';
import type { TagKey } from '../../rows/permit-rows.js';
import { insertPendingActions } from './pending-action.js';
import {
  raisePermitRevision,
  readLimits,
  readPermitRevision,
  readTagsWithRoom,
  setLimit,
  setStepConcurrency,
} from './permit-limits.js';
import { lockedPermits, lockPermits, writePermits } from './permit.js';
import { deleteIdleTags } from './permit-tag.js';

/** postgresPermits is the PermitStore on Postgres. */
export function postgresPermits(pool: Pool): PermitStore {
  return {
    limited: async (since) => {
      const [row] = await queryOne(pool, readPermitRevision);
      const revision = BigInt(row?.revision ?? 0);
      if (revision === since) return undefined;
      const tags = await queryOne(pool, readLimits);
      return {
        revision,
        tags: tags.map(({ tenant, name, max_allowed: limit, kind }) => ({
          tenant,
          name,
          limit: limit ?? undefined,
          kind,
        })),
      };
    },
    setLimit: (tag, at, extra = {}) =>
      onClient(pool, async (client) => {
        const gone = tag.limit === undefined ? [deleteIdleTags([tag])] : [];
        await pipeline(client, [setLimit(tag, at, exactJsonText(extra)), ...gone, raisePermitRevision]);
      }),
    setStepConcurrency: (tag, revision, at) =>
      onClient(pool, async (client) => {
        const gone = tag.limit === undefined ? [deleteIdleTags([tag])] : [];
        await pipeline(client, [setStepConcurrency(tag, revision, at), ...gone, raisePermitRevision]);
      }),
    withRoom: () => queryOne(pool, readTagsWithRoom),
    admit: (tags, at) => onClient(pool, (client) => admit(client, tags, at)),
  };
}

/** A connection on which something failed is not used again: a transaction may be open on it. */
async function onClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function admit(client: PoolClient, tags: readonly TagKey[], at: Millis): Promise<Admitted> {
  const ask = { at, tags, seeds: [], released: [], requests: 0 };
  const [, , rows, waiting, released, seqs] = await pipeline(client, [BEGIN, ...lockPermits(ask)]);
  const ledger = new PermitLedger(lockedPermits(rows.rows, waiting.rows, released.rows, seqs.rows), at);
  ledger.admit();
  const { admitted, incomplete } = ledger;
  const told = admitted.map(({ runKey }) => runKey);
  const events = admitted.map((attempt) => ({ runKey: attempt.runKey, event: grantedEvent(attempt, at) }));
  const tell = admitted.length === 0 ? [] : [insertPendingActions(events)];
  await pipeline(client, [...writePermits(ledger.changes(), at), ...tell, COMMIT]);
  return { told, incomplete };
}
