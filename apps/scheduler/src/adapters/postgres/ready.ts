import { bulkDelete, bulkInsert, type Statement } from '@maestro/postgres';
import type { AttemptRow, ReadyRow } from '../../rows/batch-rows.js';
import { column } from './columns.js';

const KEYS = [
  column<AttemptRow>('run_key', 'bigint', ({ runKey }) => runKey),
  column<AttemptRow>('ordinal', 'smallint', ({ ordinal }) => ordinal),
  column<AttemptRow>('attempt', 'smallint', ({ attempt }) => attempt),
];
const TABLE = {
  table: 'ready',
  columns: [
    ...KEYS,
    column<ReadyRow>('dispatch', 'int', ({ dispatch }) => dispatch),
    column<ReadyRow>('pool', 'text', ({ pool }) => pool),
    column<ReadyRow>('tenant', 'text', ({ tenant }) => tenant),
    column<ReadyRow>('since', 'bigint', ({ since }) => since),
  ],
  onConflict: 'on conflict (run_key, ordinal, attempt) do update set dispatch = excluded.dispatch',
};

export const insertReady = (rows: readonly ReadyRow[]): Statement => bulkInsert(TABLE, rows);
export const deleteReady = (rows: readonly AttemptRow[]): Statement => bulkDelete('ready', KEYS, rows);

export interface ReadyRowRead {
  readonly run_key: bigint;
  readonly ordinal: number;
  readonly attempt: number;
  readonly dispatch: number;
}

/** The attempts of a pool that have waited longest for room, taking turns between tenants. */
export function readReady(pool: string, limit: number): Statement<ReadyRowRead> {
  return {
    name: 'ready-read',
    text: `select run_key, ordinal, attempt, dispatch
           from (select run_key, ordinal, attempt, dispatch, since, row_number() over (partition by tenant order by since) as turn
                 from (select * from ready where pool = $1 order by since limit $2 * 4) oldest) fair
           order by turn, since limit $2`,
    values: [pool, limit],
  };
}

/** Which pools attempts wait for: one look per pool, not one per attempt. */
export const readReadyPools: Statement<{ pool: string }> = {
  name: 'ready-pools',
  text: `with recursive pools as (
           (select pool from ready order by pool limit 1)
           union all
           select (select r.pool from ready r where r.pool > p.pool order by r.pool limit 1) from pools p where p.pool is not null)
         select pool from pools where pool is not null`,
};
