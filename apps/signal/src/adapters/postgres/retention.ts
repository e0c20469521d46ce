import { query, type Statement } from '@maestro/postgres';
import type { Millis } from '@maestro/domain';
import type { Pool } from 'pg';
import type { Retention } from '../../ports/retention.js';

/** postgresRetention deletes in batches; replicas that do it at the same time skip what the others have locked. */
export function postgresRetention(pool: Pool): Retention {
  return {
    deleteOlder: async (than, limit) => {
      const results = await query(pool, [
        deleteSignals(than, limit),
        deleteWaits(than, limit),
        deleteFirings(than, limit),
      ]);
      return Math.max(...results.map(({ rows }) => Number(rows[0]?.gone ?? 0n)));
    },
  };
}

interface Gone {
  readonly gone: bigint;
}

function deleteSignals(than: Millis, limit: number): Statement<Gone> {
  return {
    name: 'delete-old-signals',
    text: `with old as (
        select s.name, s.seq_id from signal_instance s join signal_name n on n.name = s.name
        where s.create_time < $1 and s.seq_id < n.last_seq
          and not exists (select 1 from trigger_candidate c where c.name = s.name and c.seq_id = s.seq_id)
        order by s.create_time limit $2 for update of s skip locked
      ), params as (
        delete from signal_param p using old where p.name = old.name and p.seq_id = old.seq_id
      ), gone as (
        delete from signal_instance s using old where s.name = old.name and s.seq_id = old.seq_id returning 1
      )
      select count(*) as gone from gone`,
    values: [than, limit],
  };
}

/** What is still waited for stays, however long. */
function deleteWaits(than: Millis, limit: number): Statement<Gone> {
  return {
    name: 'delete-old-waits',
    text: `with old as (
        select run_key, ordinal, attempt, position from wait where open_time < $1 and seq_id is not null and delivered
        order by open_time limit $2 for update skip locked
      ), gone as (
        delete from wait w using old
        where (w.run_key, w.ordinal, w.attempt, w.position) = (old.run_key, old.ordinal, old.attempt, old.position) returning 1
      )
      select count(*) as gone from gone`,
    values: [than, limit],
  };
}

function deleteFirings(than: Millis, limit: number): Statement<Gone> {
  return {
    name: 'delete-old-firings',
    text: `with old as (
        select match_id from trigger_match where create_time < $1 and state <> 'PENDING' order by create_time limit $2 for update skip locked
      ), gone as (
        delete from trigger_match m using old where m.match_id = old.match_id returning 1
      )
      select count(*) as gone from gone`,
    values: [than, limit],
  };
}
