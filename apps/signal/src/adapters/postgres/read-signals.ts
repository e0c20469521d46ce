import { query } from '@maestro/postgres';
import { pageOf } from '@maestro/service';
import type { Pool } from 'pg';
import type { Signals } from '../../ports/signals.js';
import { selectLatestSignal, selectSignal, selectSignals, signalOf } from './signal-instance.js';
import { selectLastSeq } from './signal-name.js';

/** postgresSignals reads what was announced. */
export function postgresSignals(pool: Pool): Signals {
  return {
    find: async (name, seqId) => {
      const [{ rows }] = await query(pool, [
        seqId === undefined ? selectLatestSignal(name) : selectSignal(name, seqId),
      ]);
      return rows[0] === undefined ? undefined : signalOf(rows[0]);
    },
    lastSeq: async (name) => {
      const [{ rows }] = await query(pool, [selectLastSeq(name)]);
      return rows[0]?.last_seq ?? 0n;
    },
    list: async (name, ask) => {
      const [found, latest] = await query(pool, [selectSignals(name, ask), selectLastSeq(name)]);
      // Numbers are dense: the latest is how many there are.
      const totalCount = latest.rows[0]?.last_seq ?? 0n;
      return pageOf(ask, found.rows, { key: (row) => row.seq_id, item: signalOf, totalCount });
    },
  };
}
