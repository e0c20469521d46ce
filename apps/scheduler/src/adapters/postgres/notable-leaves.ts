import {
  isCompleteStep,
  isOverviewStep,
  STEP_STATUSES,
  type RunKey,
  type StepStatus,
  type WorkflowKey,
} from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import type { NotableLeaf } from '../../ports/run-reader.js';
import { TEMPLATE_REVISION } from './find-run.js';

interface LeafRow {
  readonly workflow_key: WorkflowKey;
  readonly workflow_id: string;
  readonly version: bigint;
  readonly instance_id: bigint;
  readonly run_id: bigint;
  readonly body: string | null;
  readonly template_revision: bigint | null;
  readonly ordinal: number;
  readonly attempt: number;
  readonly status: StepStatus;
}

const COMPLETE = STEP_STATUSES.filter(isCompleteStep);
const SHOWN = STEP_STATUSES.filter(isOverviewStep);

/**
 * Leaf steps below a run that roll-ups refer to. From each run it goes on only to runs that are under way or have ended badly, of steps that
 * still need them: not below what was restarted or tried again since, nor below an asynchronous subworkflow.
 */
export function readNotableLeaves(runKey: RunKey, limit: number): Statement<LeafRow> {
  return {
    name: 'run-notable-leaves',
    text: `with recursive tree as (
             select run_key from run where run_key = $1
             union all
             select c.run_key from tree t
             join run c on c.parent_run_key = t.run_key and (c.end_time is null or c.ended_badly)
             join step s on s.run_key = t.run_key and s.ordinal = c.parent_ordinal and s.attempt = c.parent_attempt
               and s.status <> all($2::text[])
             where not exists (select 1 from run n where n.parent_run_key = c.parent_run_key and n.parent_ordinal = c.parent_ordinal
                                 and n.instance_id = c.instance_id and n.run_id > c.run_id)
               and not exists (select 1 from step n where n.run_key = s.run_key and n.ordinal = s.ordinal and n.attempt > s.attempt))
           select r.workflow_key, r.workflow_id, r.version, r.instance_id, r.run_id, r.body, ${TEMPLATE_REVISION},
                  s.ordinal, s.attempt, s.status
           from tree join run r on r.run_key = tree.run_key
           cross join lateral (select distinct on (ordinal) ordinal, attempt, status from step
                               where run_key = r.run_key order by ordinal, attempt desc) s
           where s.status = any($3::text[])
             and not exists (select 1 from run c where c.parent_run_key = r.run_key and c.parent_ordinal = s.ordinal
                               and c.parent_attempt = s.attempt and c.start_time is not null)
           limit $4`,
    values: [runKey, COMPLETE, SHOWN, limit],
  };
}

export function notableLeafOf(row: LeafRow): NotableLeaf {
  return {
    workflowKey: row.workflow_key,
    workflowId: row.workflow_id,
    version: row.version,
    templateRevision: row.template_revision === null ? undefined : Number(row.template_revision),
    instanceId: row.instance_id,
    runId: row.run_id,
    body: row.body === null ? undefined : (JSON.parse(row.body) as readonly string[]),
    ordinal: row.ordinal,
    attempt: row.attempt,
    status: row.status,
  };
}
