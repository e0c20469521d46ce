import type { Statement } from '@maestro/postgres';
import type { Pool, QueryConfig } from 'pg';
import type { ChangeFeed } from '../../ports/change-feed.js';
import { changeOf, selectChanges, type ChangeRow } from './change.js';
import { selectLastSequence } from './feed.js';

/** postgresFeed reads the change feed. */
export function postgresFeed(pool: Pool): ChangeFeed {
  return {
    after: async (sequence, limit) => {
      const { rows } = await pool.query<ChangeRow>(queryOf(selectChanges(sequence, limit)));
      return rows.map(changeOf);
    },
    last: async () => {
      const { rows } = await pool.query<{ last_sequence: bigint }>(queryOf(selectLastSequence()));
      return rows[0]?.last_sequence ?? 0n;
    },
  };
}

function queryOf({ name, text, values = [] }: Statement<unknown>): QueryConfig {
  return { name, text, values: [...values] };
}
