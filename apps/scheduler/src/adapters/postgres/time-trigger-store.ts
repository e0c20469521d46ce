import { pipeline, queryOne, transaction } from '@maestro/postgres';
import type { Pool, PoolClient } from 'pg';
import type { TimeTriggerStore } from '../../ports/time-trigger-store.js';
import {
  deleteOthers,
  selectDue,
  selectOfWorkflow,
  triggerOf,
  updateAdvanced,
  updatePaused,
  upsertTriggers,
} from './time-trigger.js';

const FEED = 'definition-time-triggers';

/** postgresTimeTriggers keeps time triggers in Postgres. */
export function postgresTimeTriggers(pool: Pool): TimeTriggerStore {
  return {
    due: async (shards, until, limit) => (await queryOne(pool, selectDue(shards, until, limit))).map(triggerOf),
    ofWorkflow: async (workflowId) => (await queryOne(pool, selectOfWorkflow(workflowId))).map(triggerOf),
    advance: async (rows) => void (await queryOne(pool, updateAdvanced(rows))),
    setPaused: async (keys, change) => void (await queryOne(pool, updatePaused(keys, change))),
    follow: async (at, read) => {
      let more = true;
      while (more) {
        const round = await transaction(pool, (client) => followOnce(client, at, read));
        if (round === 'elsewhere') return false;
        more = round === 'more';
      }
      return true;
    },
  };
}

/** The lock of the cursor's row lets one replica read at a time: what it reads is then never older than what is written. */
async function followOnce(
  client: PoolClient,
  at: Parameters<TimeTriggerStore['follow']>[0],
  read: Parameters<TimeTriggerStore['follow']>[1],
): Promise<'more' | 'done' | 'elsewhere'> {
  await client.query('insert into feed_cursor (feed, position) values ($1, 0) on conflict do nothing', [FEED]);
  const { rows } = await client.query<{ position: bigint }>(
    'select position from feed_cursor where feed = $1 for update skip locked',
    [FEED],
  );
  if (rows[0] === undefined) return 'elsewhere';
  const found = await read(rows[0].position);
  if (found === undefined) return 'done';
  const { changes, position } = found;
  const triggers = changes.flatMap((change) => change.triggers);
  await pipeline(client, [deleteOthers(changes), ...(triggers.length === 0 ? [] : [upsertTriggers(triggers, at())])]);
  await client.query('update feed_cursor set position = $2 where feed = $1', [FEED, position]);
  return 'more';
}
