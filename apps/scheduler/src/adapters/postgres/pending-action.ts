import { bulkDelete, bulkInsert, type Statement } from '@maestro/postgres';
import type { RunKey, WorkflowKey } from '@maestro/domain';
import type { EndChildren, PendingActionKey, PendingActionRow } from '../../rows/batch-rows.js';
import { column } from './columns.js';

const KEYS = [
  column<PendingActionKey>('run_key', 'bigint', ({ runKey }) => runKey),
  column<PendingActionKey>('id', 'bigint', ({ id }) => id),
];

export const deletePendingActions = (rows: readonly PendingActionKey[]): Statement =>
  bulkDelete('pending_action', KEYS, rows);

const INSERT = {
  table: 'pending_action',
  columns: [
    column<PendingActionRow>('run_key', 'bigint', ({ runKey }) => runKey),
    column<PendingActionRow>('event', 'json', ({ event }) => event),
  ],
};

/** Leave events for other runs, which have to be woken for them. */
export const insertPendingActions = (rows: readonly PendingActionRow[]): Statement => bulkInsert(INSERT, rows);

/** Leave an act for every run that an attempt started and that has not ended, and wake them. */
export function actOnChildren(act: EndChildren, at: number): Statement {
  const { runKey, ordinal, attempt, event, onlyLaunched } = act;
  return {
    name: 'pending-action-act-on-children',
    text: `with running as (select run_key from run where parent_run_key = $1 and parent_ordinal = $2 and parent_attempt = $3
                              and end_time is null and (admitted or not $6::boolean)),
                acts as (insert into pending_action (run_key, event) select run_key, $4::json from running)
           insert into wakeup (shard, due_at, run_key) select (run_key >> 13) & 63, $5, run_key from running
           on conflict do nothing`,
    values: [runKey, ordinal, attempt, event, at, onlyLaunched],
  };
}

/** Leave an act for every run of a workflow that is under way, and wake them. Answers how many. */
export function actOnRunning(
  workflowKey: WorkflowKey,
  event: string,
  except: readonly RunKey[],
  at: number,
): Statement<{ acted: bigint }> {
  return {
    name: 'pending-action-act-on-running',
    text: `with running as (select run_key from run where workflow_key = $1 and end_time is null and admitted and body is null
                              and run_key <> all($3::bigint[])),
                acts as (insert into pending_action (run_key, event) select run_key, $2::json from running returning 1),
                woken as (insert into wakeup (shard, due_at, run_key) select (run_key >> 13) & 63, $4, run_key from running
                          on conflict do nothing)
           select count(*) as acted from acts`,
    values: [workflowKey, event, except, at],
  };
}

export function readPendingActions(
  runKeys: readonly RunKey[],
): Statement<{ run_key: bigint; id: bigint; event: string }> {
  return {
    name: 'pending-action-read',
    text: 'select run_key, id, event from pending_action where run_key = any($1::bigint[]) order by run_key, id',
    values: [runKeys],
  };
}
