import { bulkDelete, bulkInsert, type Statement } from '@maestro/postgres';
import type { ClaimRow } from '../../rows/batch-rows.js';
import { column } from './columns.js';

const KEYS = [
  column<ClaimRow>('executor_id', 'text', ({ executorId }) => executorId),
  column<ClaimRow>('run_key', 'bigint', ({ runKey }) => runKey),
  column<ClaimRow>('ordinal', 'smallint', ({ ordinal }) => ordinal),
  column<ClaimRow>('attempt', 'smallint', ({ attempt }) => attempt),
];
const TABLE = {
  table: 'claim',
  columns: [...KEYS, column<ClaimRow>('dispatch', 'int', ({ dispatch }) => dispatch)],
  onConflict: 'on conflict (executor_id, run_key, ordinal, attempt) do update set dispatch = excluded.dispatch',
};

export const insertClaims = (rows: readonly ClaimRow[]): Statement => bulkInsert(TABLE, rows);
export const deleteClaims = (rows: readonly ClaimRow[]): Statement => bulkDelete('claim', KEYS, rows);

export interface ClaimRowRead {
  readonly executor_id: string;
  readonly run_key: bigint;
  readonly ordinal: number;
  readonly attempt: number;
  readonly dispatch: number;
}

/** What an executor holds. */
export function readClaims(executorId: string): Statement<ClaimRowRead> {
  return {
    name: 'claim-read',
    text: 'select executor_id, run_key, ordinal, attempt, dispatch from claim where executor_id = $1 order by run_key',
    values: [executorId],
  };
}
