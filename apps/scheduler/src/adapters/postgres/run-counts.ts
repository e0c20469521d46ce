import type { WorkflowInstanceStatus, WorkflowKey } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';

/** Instances that have not ended, by status. */
export function countNonterminal(
  workflowKey: WorkflowKey,
): Statement<{ readonly status: WorkflowInstanceStatus; readonly count: bigint }> {
  return {
    name: 'run-count-nonterminal',
    text: `select status, count(*) as count from run where workflow_key = $1 and end_time is null and body is null group by status order by status`,
    values: [workflowKey],
  };
}

export function latestInstance(workflowKey: WorkflowKey): Statement<{ readonly latest: bigint | null }> {
  return {
    name: 'instance-run-latest',
    text: 'select max(instance_id) as latest from instance_run where workflow_key = $1',
    values: [workflowKey],
  };
}
