import { bulkDelete, bulkInsert, type Statement } from '@maestro/postgres';
import type { LockRequest } from '../../ports/run-store.js';
import type { QueueEntry } from '../../rows/queue-row.js';
import { column } from './columns.js';

const KEYS = [
  column<QueueEntry>('workflow_key', 'bigint', ({ workflowKey }) => workflowKey),
  column<QueueEntry>('instance_id', 'bigint', ({ instanceId }) => instanceId),
  column<QueueEntry>('run_id', 'bigint', ({ runId }) => runId),
];
const TABLE = {
  table: 'queue_entry',
  columns: [...KEYS, column<QueueEntry>('run_key', 'bigint', ({ runKey }) => runKey)],
};

export const insertEntries = (rows: readonly QueueEntry[]): Statement => bulkInsert(TABLE, rows);
export const deleteEntries = (rows: readonly QueueEntry[]): Statement => bulkDelete('queue_entry', KEYS, rows);

export interface QueueEntryRow {
  readonly workflow_key: bigint;
  readonly instance_id: bigint;
  readonly run_id: bigint;
  readonly run_key: bigint;
}

/** The oldest waiting runs of each workflow, as many as asked for. */
export function readHeads(heads: LockRequest['heads']): Statement<QueueEntryRow> {
  return {
    name: 'queue-entry-heads',
    text: `select e.workflow_key, e.instance_id, e.run_id, e.run_key
           from unnest($1::bigint[], $2::int[]) w(workflow_key, count)
           cross join lateral (select * from queue_entry q where q.workflow_key = w.workflow_key
                               order by q.workflow_key, q.instance_id, q.run_id limit w.count) e`,
    values: [heads.map(({ workflowKey }) => workflowKey), heads.map(({ count }) => count)],
  };
}

export function entryOf(row: QueueEntryRow): QueueEntry {
  return { workflowKey: row.workflow_key, instanceId: row.instance_id, runId: row.run_id, runKey: row.run_key };
}
