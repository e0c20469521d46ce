import { makeRunKey, type Millis } from '@maestro/domain';
import type { Pool } from 'pg';

const TABLES = ['run', 'step', 'timeline'];
/** A partition spans a week of one retention class. */
const SPAN_MS = 7 * 24 * 3_600_000;
/** HOT_UPDATES leaves room in each page, so that updates of a run's own rows stay in it. */
const HOT_UPDATES = 'with (fillfactor = 75)';

/** DEFAULT_RETENTION_CLASS is the class of runs whose workflow names none. */
export const DEFAULT_RETENTION_CLASS = 0;

/** ensurePartitions makes the partitions that new runs of a time will need: the week of it and the next one. */
export async function ensurePartitions(pool: Pool, at: Millis): Promise<void> {
  for (const start of [startOfSpan(at), startOfSpan(at) + SPAN_MS]) await ensurePartition(pool, start);
}

function startOfSpan(at: Millis): Millis {
  return at - (at % SPAN_MS);
}

async function ensurePartition(pool: Pool, start: Millis): Promise<void> {
  const from = firstKeyAt(start);
  const to = firstKeyAt(start + SPAN_MS);
  const suffix = `c${String(DEFAULT_RETENTION_CLASS)}_${new Date(start).toISOString().slice(0, 10).replaceAll('-', '')}`;
  for (const table of TABLES) {
    // "if not exists" still takes a lock on the parent, which every batch would wait for.
    const known = await pool.query('select 1 from pg_class where oid = to_regclass($1)', [`${table}_${suffix}`]);
    if (known.rowCount === 1) continue;
    const range = `for values from (${String(from)}) to (${String(to)})`;
    await pool.query(`create table if not exists ${table}_${suffix} partition of ${table} ${range} ${HOT_UPDATES}`);
  }
}

function firstKeyAt(at: Millis): bigint {
  return makeRunKey({ retentionClass: DEFAULT_RETENTION_CLASS, at, shard: 0, sequence: 0 });
}
