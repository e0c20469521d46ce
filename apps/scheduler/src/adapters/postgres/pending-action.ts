import { bulkDelete, bulkInsert, type Statement } from '@maestro/postgres';
import type { RunKey, WorkflowKey } from '@maestro/domain';
import type { EndChildren, PendingActionKey, PendingActionRow } from '../../rows/batch-rows.js';
import { column } from './columns.js';

const KEYS = [
  column<PendingActionKey>('run_key', 'bigint', ({ runKey }) => runKey),
  column<PendingActionKey>('id', 'bigint', ({ id }) => id),
];

/**
 * Who leaves an act wakes its run, with a wakeup of its own: due at once, at minus the act's id. It goes with the act; one that shared
 * the time of another wakeup would go with that one, unseen (seed 37837 of the simulation). Several acts left together share that of the last.
 */
export const WAKE = `insert into wakeup (shard, due_at, run_key) select (run_key >> 13) & 63, -max(id), run_key from acts group by run_key`;

export function deletePendingActions(rows: readonly PendingActionKey[]): Statement {
  const { name, text, ...parameters } = bulkDelete('pending_action', KEYS, rows);
  return {
    name: `${name}-woken`,
    text: `with acts as (${text} returning t.run_key, t.id)
           delete from wakeup w using acts
           where w.shard = (acts.run_key >> 13) & 63 and w.due_at = -acts.id and w.run_key = acts.run_key`,
    ...parameters,
  };
}

const INSERT = {
  table: 'pending_action',
  columns: [
    column<PendingActionRow>('run_key', 'bigint', ({ runKey }) => runKey),
    column<PendingActionRow>('event', 'json', ({ event }) => event),
  ],
};

/** Leave events for other runs, and wake them. */
export function insertPendingActions(rows: readonly PendingActionRow[]): Statement {
  const { name, text, ...parameters } = bulkInsert(INSERT, rows);
  return { name: `${name}-wake`, text: `with acts as (${text} returning run_key, id) ${WAKE}`, ...parameters };
}

/** Leave an act for every run that an attempt started and that has not ended, and wake them. */
export function actOnChildren(act: EndChildren): Statement {
  const { runKey, ordinal, attempt, event, onlyLaunched } = act;
  return {
    name: 'pending-action-act-on-children',
    text: `with running as (select run_key from run where parent_run_key = $1 and parent_ordinal = $2 and parent_attempt = $3
                              and end_time is null and (admitted or not $5::boolean)),
                acts as (insert into pending_action (run_key, event) select run_key, $4::json from running returning run_key, id)
           ${WAKE}`,
    values: [runKey, ordinal, attempt, event, onlyLaunched],
  };
}

/** Leave an act for every run of a workflow that is under way, and wake them. Answers how many. */
export function actOnRunning(
  workflowKey: WorkflowKey,
  event: string,
  except: readonly RunKey[],
): Statement<{ acted: bigint }> {
  return {
    name: 'pending-action-act-on-running',
    text: `with running as (select run_key from run where workflow_key = $1 and end_time is null and admitted and body is null
                              and run_key <> all($3::bigint[])),
                acts as (insert into pending_action (run_key, event) select run_key, $2::json from running returning run_key, id),
                woken as (${WAKE})
           select count(*) as acted from acts`,
    values: [workflowKey, event, except],
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
