import { bulkDelete, bulkInsert, type Statement } from '@maestro/postgres';
import type { RunKey } from '@maestro/domain';
import type { WakeupRow } from '../../rows/batch-rows.js';
import { column } from './columns.js';

const COLUMNS = [
  column<WakeupRow>('shard', 'smallint', ({ shard }) => shard),
  column<WakeupRow>('due_at', 'bigint', ({ dueAt }) => dueAt),
  column<WakeupRow>('run_key', 'bigint', ({ runKey }) => runKey),
];
const TABLE = { table: 'wakeup', columns: COLUMNS, onConflict: 'on conflict do nothing' };

export const insertWakeups = (rows: readonly WakeupRow[]): Statement => bulkInsert(TABLE, rows);
export const deleteWakeups = (rows: readonly WakeupRow[]): Statement => bulkDelete('wakeup', COLUMNS, rows);

/** Wake runs that were just admitted. The shard is in the key: see libs/domain/src/run-key.ts. */
export function wakeRuns(runKeys: readonly RunKey[], at: number): Statement {
  return {
    name: 'wakeup-wake-runs',
    text: `insert into wakeup (shard, due_at, run_key) select (u.run_key >> 13) & 63, $2, u.run_key
           from unnest($1::bigint[]) u(run_key) on conflict do nothing`,
    values: [runKeys, at],
  };
}

/** What is due in these shards up to a time, earliest first. */
export function readDue(
  shards: readonly number[],
  until: number,
  limit: number,
): Statement<{ shard: number; due_at: bigint; run_key: bigint }> {
  return {
    name: 'wakeup-read-due',
    text: `select shard, due_at, run_key from wakeup where shard = any($1::smallint[]) and due_at <= $2 order by due_at limit $3`,
    values: [shards, until, limit],
  };
}
