import type { Statement } from '@maestro/postgres';
import type { EndAll } from '../../rows/batch-rows.js';

/** End every run of a workflow that waits in its queue, at once. Answers how many. */
export function endQueued({ workflowKey, queuedStatus, except, at }: EndAll): Statement<{ ended: bigint }> {
  return {
    name: 'queue-entry-end-queued',
    text: `with gone as (delete from queue_entry where workflow_key = $1 and run_key <> all($3::bigint[]) returning run_key),
                ended as (update run r set status = $2, end_time = $4, modify_time = $4, wake_at = null, ver = r.ver + 1,
                            blocking = ($2 = 'FAILED')
                          from gone where r.run_key = gone.run_key returning 1)
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
