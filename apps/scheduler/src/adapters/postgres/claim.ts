import { bulkDelete, bulkInsert, type Statement } from '@maestro/postgres';
import type { ClaimRow } from '../../rows/batch-rows.js';
import { column } from './columns.js';
import { NOW } from './now.js';

const KEYS = [
  column<ClaimRow>('holder', 'text', ({ holder }) => holder),
  column<ClaimRow>('run_key', 'bigint', ({ runKey }) => runKey),
  column<ClaimRow>('ordinal', 'smallint', ({ ordinal }) => ordinal),
  column<ClaimRow>('attempt', 'smallint', ({ attempt }) => attempt),
];
const TABLE = {
  table: 'claim',
  columns: [...KEYS, column<ClaimRow>('dispatch', 'int', ({ dispatch }) => dispatch)],
  onConflict: 'on conflict (holder, run_key, ordinal, attempt) do update set dispatch = excluded.dispatch',
};

export const insertClaims = (rows: readonly ClaimRow[]): Statement => bulkInsert(TABLE, rows);
export const deleteClaims = (rows: readonly ClaimRow[]): Statement => bulkDelete('claim', KEYS, rows);

export interface ClaimRowRead {
  readonly holder: string;
  readonly run_key: bigint;
  readonly ordinal: number;
  readonly attempt: number;
  readonly dispatch: number;
}

/** What is held by nobody who lives. The index is read once per holder, not per claim, to find them. */
export const readLostClaims: Statement<ClaimRowRead> = {
  name: 'claim-read-lost',
  text: `with recursive holders as (
           (select holder from claim order by holder limit 1)
           union all
           select (select c.holder from claim c where c.holder > h.holder order by c.holder limit 1)
           from holders h where h.holder is not null)
         select c.holder, c.run_key, c.ordinal, c.attempt, c.dispatch
         from holders h join claim c on c.holder = h.holder
         where not exists (select 1 from executor e
                           where e.executor_id || '#' || e.incarnation = h.holder and e.expires_at > ${NOW})
         order by c.run_key`,
};
