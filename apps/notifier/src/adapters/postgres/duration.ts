import { REMEMBERED_DURATIONS } from '@maestro/alerting';
import type { Statement } from '@maestro/postgres';
import type { DurationSample } from '../../ports/alerts.js';

export function insertDurations(samples: readonly DurationSample[]): Statement {
  return {
    name: 'insert-durations',
    text: `insert into duration (workflow_id, step_id, instance_id, run_id, duration_ms)
      select * from unnest($1::text[], $2::text[], $3::int8[], $4::int8[], $5::int8[])
      on conflict (workflow_id, step_id, instance_id, run_id) do nothing`,
    values: [
      samples.map(({ workflowId }) => workflowId),
      samples.map(({ stepId }) => stepId ?? ''),
      samples.map(({ instanceId }) => instanceId),
      samples.map(({ runId }) => runId),
      samples.map(({ durationMs }) => durationMs),
    ],
  };
}

/** trimDurations keeps the latest of a workflow and of each of its steps. */
export function trimDurations(workflowId: string): Statement {
  return {
    name: 'trim-durations',
    text: `delete from duration d using (
        select step_id, instance_id, run_id,
          row_number() over (partition by step_id order by instance_id desc, run_id desc) as place
        from duration where workflow_id = $1
      ) old
      where d.workflow_id = $1 and d.step_id = old.step_id and d.instance_id = old.instance_id and d.run_id = old.run_id
        and old.place > $2`,
    values: [workflowId, REMEMBERED_DURATIONS],
  };
}

export function selectDurations(
  workflowId: string,
  stepId: string | undefined,
): Statement<{ readonly duration_ms: bigint }> {
  return {
    name: 'select-durations',
    text: 'select duration_ms from duration where workflow_id = $1 and step_id = $2',
    values: [workflowId, stepId ?? ''],
  };
}

export function deleteDurations(workflowId: string): Statement {
  return { name: 'delete-durations', text: 'delete from duration where workflow_id = $1', values: [workflowId] };
}
