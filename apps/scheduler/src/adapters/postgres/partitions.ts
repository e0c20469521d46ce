import { makeRunKey, type Millis, type RunKey } from '@maestro/domain';
import { SQLSTATE, sqlState } from '@maestro/postgres';
import type { Pool, PoolClient } from 'pg';
import { DEFAULT_RETENTION_CLASS } from '../../retention/retention-class.js';

/** PARTITIONED are the tables of which each partition has one and the same range of run keys. */
export const PARTITIONED = ['run', 'step', 'timeline'] as const;
/** A partition spans a week of one retention class. */
const SPAN_MS = 7 * 24 * 3_600_000;
/** HOT_UPDATES leaves room in each page, so that updates of a run's own rows stay in it. */
const HOT_UPDATES = 'with (fillfactor = 75)';

/** Partition is one week of one retention class: the tables `run_<suffix>`, `step_<suffix>`, `timeline_<suffix>`. */
export interface Partition {
  readonly suffix: string;
  readonly retentionClass: number;
  /** When its week is over. */
  readonly endsAt: Millis;
  readonly first: RunKey;
  readonly end: RunKey;
}

/** ensurePartitions makes the partitions that new runs of a time will need: its week and the next one, for each class that has runs. */
export async function ensurePartitions(pool: Pool, at: Millis): Promise<void> {
  const used = (await readPartitions(pool)).map(({ retentionClass }) => retentionClass);
  for (const retentionClass of new Set([DEFAULT_RETENTION_CLASS, ...used]))
    await ensurePartitionsOf(pool, retentionClass, at);
}

/** ensurePartitionsOf does the same for one class, which may not have had runs before. */
export async function ensurePartitionsOf(pool: Pool, retentionClass: number, at: Millis): Promise<void> {
  const start = at - (at % SPAN_MS);
  for (const each of [start, start + SPAN_MS]) await ensurePartition(pool, partitionAt(retentionClass, each));
}

/** readPartitions are all partitions that runs are found in. */
export async function readPartitions(pool: Pool | PoolClient): Promise<Partition[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select c.relname::text as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = to_regclass('run')
     and not i.inhdetachpending order by 1`,
  );
  return rows.flatMap(({ name }) => partitionOf(name.slice('run_'.length)) ?? []);
}

/** partitionOf reads the suffix of a partition's tables: `c0_20260108`; undefined for any other text. */
export function partitionOf(suffix: string): Partition | undefined {
  const [, retentionClass, year, month, day] = /^c([0-7])_(\d{4})(\d\d)(\d\d)$/.exec(suffix) ?? [];
  if (day === undefined) return undefined;
  return partitionAt(Number(retentionClass), Date.UTC(Number(year), Number(month) - 1, Number(day)));
}

/** rangeOf is the bounds of a partition, as `attach partition` and `create table` take them. */
export const rangeOf = ({ first, end }: Partition): string => `for values from (${String(first)}) to (${String(end)})`;

function partitionAt(retentionClass: number, start: Millis): Partition {
  return {
    suffix: `c${String(retentionClass)}_${new Date(start).toISOString().slice(0, 10).replaceAll('-', '')}`,
    retentionClass,
    endsAt: start + SPAN_MS,
    first: firstKeyAt(retentionClass, start),
    end: firstKeyAt(retentionClass, start + SPAN_MS),
  };
}

async function ensurePartition(pool: Pool, partition: Partition): Promise<void> {
  for (const table of PARTITIONED) {
    const name = `${table}_${partition.suffix}`;
    // "if not exists" still takes a lock on the parent, which every batch would wait for.
    const known = await pool.query('select 1 from pg_class where oid = to_regclass($1)', [name]);
    if (known.rowCount === 1) continue;
    await pool
      .query(`create table if not exists ${name} partition of ${table} ${rangeOf(partition)} ${HOT_UPDATES}`)
      .catch(unlessMadeMeanwhile);
  }
}

/** Of two who find it missing at the same moment one is refused, "if not exists" or not. */
function unlessMadeMeanwhile(error: unknown): void {
  const state = sqlState(error);
  if (state !== SQLSTATE.uniqueViolation && state !== SQLSTATE.duplicateTable) throw error;
}

function firstKeyAt(retentionClass: number, at: Millis): RunKey {
  return makeRunKey({ retentionClass, at, shard: 0, sequence: 0 });
}
