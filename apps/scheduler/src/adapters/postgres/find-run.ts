import type { RunKey, WorkflowInstanceStatus, WorkflowKey } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import type { FoundRun, RunReference } from '../../ports/run-reader.js';
import type { KnownRange } from '../../queries/instance-not-found.js';

/** NEWEST_KEY is the present incarnation of the workflow id in $1. */
export const NEWEST_KEY =
  '(select workflow_key from workflow_queue where workflow_id = $1 order by workflow_key desc limit 1)';

interface FoundRow {
  readonly run_key: RunKey;
  readonly workflow_key: WorkflowKey;
  readonly version: bigint;
  readonly run_id: bigint;
  readonly latest_run_id: bigint;
  readonly status: WorkflowInstanceStatus;
  /** Of iterations only. */
  readonly body?: string | null;
  readonly template_revision: bigint | null;
}

/** The revision of job templates of a run `r`. */
export const TEMPLATE_REVISION = `(r.progress->>'templateRevision')::bigint as template_revision`;

/** The run that a reference stands for, with its status. */
export function findRun({ workflowId, instanceId, runId }: RunReference): Statement<FoundRow> {
  return {
    name: 'run-find',
    text: `select i.run_key, i.workflow_key, i.version, i.run_id, l.latest_run_id, r.status, ${TEMPLATE_REVISION}
           from (select workflow_key, max(run_id) as latest_run_id from instance_run
                 where workflow_key = ${NEWEST_KEY} and instance_id = $2 group by workflow_key) l
           join instance_run i on i.workflow_key = l.workflow_key and i.instance_id = $2
             and i.run_id = case $3::bigint when 0 then l.latest_run_id else $3 end
           join run r on r.run_key = i.run_key`,
    values: [workflowId, instanceId, runId],
  };
}

/** isIteration: the workflow id is one that loops give their iterations; people may not push such ids. */
export const isIteration = ({ workflowId }: Pick<RunReference, 'workflowId'>): boolean =>
  /^maestro_(foreach|while)_/.test(workflowId);

/** The iteration that a reference stands for, with its status. */
export function findIteration({ workflowId, instanceId, runId }: RunReference): Statement<FoundRow> {
  return {
    name: 'run-find-iteration',
    text: `select run_key, workflow_key, version, run_id, latest_run_id, status, body, template_revision
           from (select r.*, ${TEMPLATE_REVISION}, max(run_id) over () as latest_run_id from run r
                 where workflow_id = $1 and instance_id = $2 and body is not null) i
           where run_id = case $3::bigint when 0 then latest_run_id else $3 end`,
    values: [workflowId, instanceId, runId],
  };
}

export function foundRunOf({ workflowId, instanceId }: RunReference, row: FoundRow): FoundRun {
  return {
    workflowId,
    instanceId,
    runKey: row.run_key,
    workflowKey: row.workflow_key,
    version: row.version,
    runId: row.run_id,
    latestRunId: row.latest_run_id,
    status: row.status,
    templateRevision: row.template_revision === null ? undefined : Number(row.template_revision),
    body: row.body ? (JSON.parse(row.body) as readonly string[]) : undefined,
  };
}

interface RangeRow {
  readonly first: bigint | null;
  readonly last: bigint | null;
  readonly latest_run_id: bigint | null;
}

/** Which instances a workflow has, and which run is the latest of one of them. */
export function readRange({ workflowId, instanceId }: RunReference): Statement<RangeRow> {
  return {
    name: 'instance-run-range',
    text: `select (select min(instance_id) from instance_run where workflow_key = w.key) as first,
                  (select max(instance_id) from instance_run where workflow_key = w.key) as last,
                  (select max(run_id) from instance_run where workflow_key = w.key and instance_id = $2) as latest_run_id
           from (select ${NEWEST_KEY} as key) w`,
    values: [workflowId, instanceId],
  };
}

export function rangeOf(row: RangeRow | undefined): KnownRange {
  if (row === undefined || row.first === null || row.last === null) return {};
  const instances = { first: row.first, last: row.last };
  return row.latest_run_id === null ? { instances } : { instances, latestRunId: row.latest_run_id };
}
