import { bulkInsert, type Statement } from '@maestro/postgres';
import type { LockRequest } from '../../ports/run-store.js';
import type { InstanceRun } from '../../rows/queue-row.js';
import { column } from './columns.js';

const TABLE = {
  table: 'instance_run',
  columns: [
    column<InstanceRun>('workflow_key', 'bigint', ({ workflowKey }) => workflowKey),
    column<InstanceRun>('instance_id', 'bigint', ({ instanceId }) => instanceId),
    column<InstanceRun>('run_id', 'bigint', ({ runId }) => runId),
    column<InstanceRun>('run_key', 'bigint', ({ runKey }) => runKey),
    column<InstanceRun>('version', 'bigint', ({ version }) => version),
    column<InstanceRun>('request_id', 'text', ({ requestId }) => requestId),
    column<InstanceRun>('request_hash', 'bytea', ({ requestHash }) => requestHash),
    column<InstanceRun>('start_status', 'text', ({ startStatus }) => startStatus),
  ],
};

export const insertInstanceRuns = (rows: readonly InstanceRun[]): Statement => bulkInsert(TABLE, rows);

export interface InstanceRunRow {
  readonly workflow_key: bigint;
  readonly instance_id: bigint;
  readonly run_id: bigint;
  readonly run_key: bigint;
  readonly version: bigint;
  readonly request_id: string;
  readonly request_hash: Buffer;
  readonly start_status: 'CREATED' | 'STOPPED';
}

const FOUND =
  'select i.workflow_key, i.instance_id, i.run_id, i.run_key, i.version, i.request_id, i.request_hash, i.start_status';

/** Runs that these requests have made before, and those that others have made in the place of a restart. */
export function findRequests(requests: LockRequest['requests']): Statement<InstanceRunRow> {
  const places = requests.filter(({ place }) => place !== undefined);
  const made = {
    name: 'instance-run-find-requests',
    text: `${FOUND} from unnest($1::bigint[], $2::text[]) u(workflow_key, request_id)
           join instance_run i on i.workflow_key = u.workflow_key and i.request_id = u.request_id`,
    values: [requests.map(({ workflowKey }) => workflowKey), requests.map(({ requestId }) => requestId)],
  };
  if (places.length === 0) return made;
  return {
    name: 'instance-run-find-requests-and-places',
    text: `${made.text} union ${FOUND} from unnest($3::bigint[], $4::bigint[], $5::bigint[]) p(workflow_key, instance_id, run_id)
           join instance_run i on i.workflow_key = p.workflow_key and i.instance_id = p.instance_id and i.run_id = p.run_id`,
    values: [...made.values, ...placeValues(places)],
  };
}

function placeValues(places: LockRequest['requests']): unknown[] {
  return [
    places.map(({ workflowKey }) => workflowKey),
    places.map(({ place }) => place?.instanceId),
    places.map(({ place }) => place?.runId),
  ];
}

/** Raises division_by_zero when one of these runs exists. */
export function assertNewRuns(places: LockRequest['requests']): Statement {
  return {
    name: 'instance-run-assert-new-runs',
    text: `select 1 / (case when exists (select 1 from unnest($1::bigint[], $2::bigint[], $3::bigint[]) p(workflow_key, instance_id, run_id)
             join instance_run i on i.workflow_key = p.workflow_key and i.instance_id = p.instance_id and i.run_id = p.run_id)
             then 0 else 1 end)`,
    values: placeValues(places),
  };
}

/** The run that a request has made. */
export function findRequest(workflowKey: bigint, requestId: string): Statement<InstanceRunRow> {
  return findRequests([{ workflowKey, requestId }]);
}

/** Raises division_by_zero when one of these requests has made a run before. */
export function assertNewRequests(requests: LockRequest['requests']): Statement {
  return {
    name: 'instance-run-assert-new',
    text: `select 1 / (case when exists (select 1 from unnest($1::bigint[], $2::text[]) u(workflow_key, request_id)
             join instance_run i on i.workflow_key = u.workflow_key and i.request_id = u.request_id) then 0 else 1 end)`,
    values: [requests.map(({ workflowKey }) => workflowKey), requests.map(({ requestId }) => requestId)],
  };
}

export function instanceRunOf(row: InstanceRunRow): InstanceRun {
  return {
    workflowKey: row.workflow_key,
    instanceId: row.instance_id,
    runId: row.run_id,
    runKey: row.run_key,
    version: row.version,
    requestId: row.request_id,
    requestHash: row.request_hash,
    startStatus: row.start_status,
  };
}
