import type { WorkflowKey } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import type { RunNumber } from '../../ports/wait-reader.js';
import { QUEUE_COLUMNS, type WorkflowQueueRow } from './workflow-queue.js';

/** How many runs an explanation names. */
const NAMED = 5;

export function readQueue(workflowKey: WorkflowKey): Statement<WorkflowQueueRow> {
  return {
    name: 'workflow-queue-read',
    text: `select ${QUEUE_COLUMNS} from workflow_queue where workflow_key = $1`,
    values: [workflowKey],
  };
}

/** Whether a run waits in the queue, and behind how many. */
export function readPlace(
  workflowKey: WorkflowKey,
  { instanceId, runId }: RunNumber,
): Statement<{ readonly waiting: boolean; readonly ahead: bigint }> {
  return {
    name: 'queue-entry-place',
    text: `select exists (select 1 from queue_entry where workflow_key = $1 and instance_id = $2 and run_id = $3) as waiting,
                  (select count(*) from queue_entry
                   where workflow_key = $1 and (instance_id, run_id) < ($2, $3)) as ahead`,
    values: [workflowKey, instanceId, runId],
  };
}

export interface RunNumberRow {
  readonly instance_id: bigint;
  readonly run_id: bigint;
}

/** The oldest runs of a workflow that are under way. */
export function readRunning(workflowKey: WorkflowKey): Statement<RunNumberRow> {
  return {
    name: 'run-oldest-running',
    text: `select instance_id, run_id from run
           where workflow_key = $1 and end_time is null and body is null and status <> 'CREATED' order by run_key limit ${NAMED}`,
    values: [workflowKey],
  };
}

/** The oldest failed runs of a workflow that hold its queue. */
export function readBlocking(workflowKey: WorkflowKey): Statement<RunNumberRow> {
  return {
    name: 'run-oldest-blocking',
    text: `select instance_id, run_id from run where workflow_key = $1 and blocking order by run_key limit ${NAMED}`,
    values: [workflowKey],
  };
}
