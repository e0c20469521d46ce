import { query } from '@maestro/postgres';
import { pageOf } from '@maestro/service';
import type { Pool } from 'pg';
import type { Signals } from '../../ports/signals.js';
import { selectLatestSignal, selectSignal, signalOf } from './signal-instance.js';
import { selectLastSeq, selectNames } from './signal-name.js';
import { countSignals, selectSignals } from './signal-search.js';

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
    names: async (ask) => {
      const [{ rows }] = await query(pool, [selectNames(ask)]);
      return rows.map((row) => ({ name: row.name, lastSeq: row.last_seq }));
    },
    list: async (name, ask, filter) => {
      const [found, count] = await query(pool, [selectSignals(name, ask, filter), countSignals(name, filter)]);
      const totalCount = count.rows[0]?.total ?? 0n;
      return pageOf(ask, found.rows, { key: (row) => row.seq_id, item: signalOf, totalCount });
    },
  };
}
