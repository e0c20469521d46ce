import { pipeline, type Statement, type StatementResults } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { Signals } from '../../ports/signals.js';
import { pageOf } from './page-of.js';
import { selectLatestSignal, selectSignal, selectSignals, signalOf } from './signal-instance.js';
import { selectLastSeq } from './signal-name.js';

/** postgresSignals reads what was announced. */
export function postgresSignals(pool: Pool): Signals {
  return {
    find: async (name, seqId) => {
      const [{ rows }] = await run(pool, [seqId === undefined ? selectLatestSignal(name) : selectSignal(name, seqId)]);
      return rows[0] === undefined ? undefined : signalOf(rows[0]);
    },
    lastSeq: async (name) => {
      const [{ rows }] = await run(pool, [selectLastSeq(name)]);
      return rows[0]?.last_seq ?? 0n;
    },
    list: async (name, ask) => {
      const [found, latest] = await run(pool, [selectSignals(name, ask), selectLastSeq(name)]);
      // Numbers are dense: the latest is how many there are.
      const totalCount = latest.rows[0]?.last_seq ?? 0n;
      return pageOf(ask, found.rows, { key: (row) => row.seq_id, item: signalOf, totalCount });
    },
  };
}

async function run<const S extends readonly Statement<unknown>[]>(
  pool: Pool,
  statements: S,
): Promise<StatementResults<S>> {
  const client = await pool.connect();
  let failed = true;
  try {
    const results = await pipeline(client, statements);
    failed = false;
    return results;
  } finally {
    client.release(failed);
  }
}
