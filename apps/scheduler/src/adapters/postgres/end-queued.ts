import type { Statement } from '@maestro/postgres';
import type { EndAll } from '../../rows/batch-rows.js';
import { WAKE } from './pending-action.js';

/** End every run of a workflow that waits in its queue, at once; steps that wait for one of them are told. Answers how many. */
export function endQueued({ workflowKey, queuedStatus, except, at }: EndAll): Statement<{ ended: bigint }> {
  return {
    name: 'queue-entry-end-queued',
    text: `with gone as (delete from queue_entry where workflow_key = $1 and run_key <> all($3::bigint[]) returning run_key),
                ended as (update run r set status = $2, end_time = $4, modify_time = $4, wake_at = null, ver = r.ver + 1,
                            blocking = ($2 = 'FAILED')
                          from gone where r.run_key = gone.run_key returning r.*),
                acts as (insert into pending_action (run_key, event)
                         select parent_run_key, format('{"type":"child-finished","at":%s.0,"ordinal":%s.0,"attempt":%s.0,"child":
                           {"workflowId":%s,"instanceId":%s.0,"runId":%s.0,"version":%s.0,"status":"%s","rollup":{}}}', $4::bigint,
                           parent_ordinal, parent_attempt, to_json(workflow_id), instance_id, run_id, version, status)::json
                         from ended where parent_run_key is not null returning run_key, id),
                woken as (${WAKE})
           select count(*) as ended from ended`,
    values: [workflowKey, queuedStatus, except, at],
  };
}

/** Failed runs no longer hold the queue: one instance's, or all of the workflow's. Answers how many. */
export function unblockRuns(workflowKey: bigint, instanceId: bigint | undefined): Statement<{ unblocked: bigint }> {
  return {
    name: 'run-unblock',
    text: `with freed as (update run set blocking = false, ver = ver + 1
                          where workflow_key = $1 and blocking and ($2::bigint is null or instance_id = $2) returning 1)
           select count(*) as unblocked from freed`,
    values: [workflowKey, instanceId ?? null],
  };
}
