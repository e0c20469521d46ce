import { fromBinary } from '@bufbuild/protobuf';
import type { RunPolicy, WorkflowInstanceStatus } from '@maestro/domain';
import type { RunHeader } from '@maestro/engine';
import { bulkInsert, bulkUpdate, type BulkTable, type Statement } from '@maestro/postgres';
import { StartWorkflowRequestSchema } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { paramsText, parseParams, startRequestFromProto } from '@maestro/wire';
import type { RunKey } from '@maestro/domain';
import type { RunInsert, RunParams, RunVersion, RunWrite } from '../../rows/batch-rows.js';
import { column, orNull, present, timeOf } from './columns.js';
import { readRestart, restartText } from './restart.js';

/** ENGINE_LEVEL is what this release writes; rows of a higher level are left to newer replicas. */
export const ENGINE_LEVEL = 1;

type Progress = Pick<
  RunHeader,
  | 'counts'
  | 'open'
  | 'ending'
  | 'backlog'
  | 'timeoutMillis'
  | 'evaluation'
  | 'instanceStepConcurrency'
  | 'templateRevision'
>;

const progressOf = (header: RunHeader): string => {
  const { counts, open, ending, backlog, timeoutMillis, evaluation, instanceStepConcurrency, templateRevision } =
    header;
  return JSON.stringify({
    counts,
    open,
    ending,
    backlog,
    timeoutMillis,
    evaluation,
    instanceStepConcurrency,
    templateRevision,
  });
};

const KEY = column<RunWrite>('run_key', 'bigint', ({ header }) => header.runKey);

/** What changes as a run goes on. */
export const MOVING = [
  column<RunWrite>('ver', 'int', ({ ver }) => ver),
  column<RunWrite>('status', 'text', ({ header }) => header.status),
  column<RunWrite>('admitted', 'boolean', ({ admitted }) => admitted),
  column<RunWrite>('blocking', 'boolean', ({ blocking }) => blocking),
  column<RunWrite>('start_time', 'bigint', ({ header }) => orNull(header.startTime)),
  column<RunWrite>('end_time', 'bigint', ({ header }) => orNull(header.endTime)),
  column<RunWrite>('modify_time', 'bigint', ({ modifyTime }) => modifyTime),
  column<RunWrite>('wake_at', 'bigint', ({ wakeAt }) => orNull(wakeAt)),
  column<RunWrite>('progress', 'json', ({ header }) => progressOf(header)),
];

export const RUN: BulkTable<RunInsert> = {
  table: 'run',
  columns: [
    KEY,
    ...MOVING,
    column<RunInsert>('engine_level', 'smallint', () => ENGINE_LEVEL),
    column<RunInsert>('workflow_key', 'bigint', ({ header }) => header.workflowKey),
    column<RunInsert>('workflow_id', 'text', ({ header }) => header.workflowId),
    column<RunInsert>('version', 'bigint', ({ header }) => header.version),
    column<RunInsert>('instance_id', 'bigint', ({ header }) => header.instanceId),
    column<RunInsert>('run_id', 'bigint', ({ header }) => header.runId),
    column<RunInsert>('tenant', 'text', ({ header }) => header.tenant),
    column<RunInsert>('create_time', 'bigint', ({ header }) => header.createTime),
    column<RunInsert>('origin', 'bytea', ({ origin }) => origin),
    column<RunInsert>('run_policy', 'text', ({ header }) => header.runPolicy),
    column<RunInsert>('correlation_id', 'text', ({ header }) => header.correlationId),
    column<RunInsert>('traceparent', 'text', ({ header }) => orNull(header.traceparent)),
    column<RunInsert>('params', 'json', ({ header }) => paramsText(header.ownParams ?? header.params)),
    column<RunInsert>('parent_run_key', 'bigint', ({ header }) => orNull(header.parent?.runKey)),
    column<RunInsert>('parent_ordinal', 'smallint', ({ header }) => orNull(header.parent?.ordinal)),
    column<RunInsert>('parent_attempt', 'smallint', ({ header }) => orNull(header.parent?.attempt)),
    column<RunInsert>('body', 'text', ({ header }) => (header.body ? JSON.stringify(header.body) : null)),
    column<RunInsert>('restart', 'json', ({ header }) => restartText(header.restart)),
  ],
};

export const insertRuns = (rows: readonly RunInsert[]): Statement => bulkInsert(RUN, rows);
export const updateRuns = (rows: readonly RunWrite[]): Statement => bulkUpdate('run', [KEY], MOVING, rows);

/**
 * Raise one run to its next version, in one statement with the check that it still is at the former one; raises
 * division_by_zero when it is not. Measured, a commit of one step is 0.06 of 0.39 ms shorter than with the check apart.
 */
export function updateRunAt(write: RunWrite, { ver }: RunVersion): Statement {
  const sets = MOVING.map(({ name, type }, index) => `${name} = $${String(index + 3)}::${type}`).join(', ');
  return {
    name: 'run-update-at',
    text: `with moved as (update run set ${sets} where run_key = $1 and ver = $2 returning 1) select 1 / count(*) from moved`,
    values: [write.header.runKey, ver, ...MOVING.map(({ value }) => value(write))],
  };
}

/** Store the params of runs that were stored before these were evaluated. */
export function updateRunParams(rows: readonly RunParams[]): Statement {
  return {
    name: 'run-update-params',
    text: `update run r set params = v.params::json
           from unnest($1::bigint[], $2::text[]) v(run_key, params) where r.run_key = v.run_key`,
    values: [rows.map(({ runKey }) => runKey), rows.map(({ params }) => paramsText(params))],
  };
}

/** How many runs still are at their versions, locking them in key order; raises division_by_zero unless all are. */
export function assertVersions(versions: readonly RunVersion[]): Statement {
  return {
    name: 'run-assert-versions',
    text: `select 1 / (case when count(*) = cardinality($1::bigint[]) then 1 else 0 end)
           from (select r.run_key from run r join unnest($1::bigint[], $2::int[]) v(run_key, ver)
                   on r.run_key = v.run_key and r.ver = v.ver
                 order by r.run_key for no key update of r) held`,
    values: [versions.map(({ runKey }) => runKey), versions.map(({ ver }) => ver)],
  };
}

/** Lock the runs that still are at their versions, in key order. */
export function lockRuns(versions: readonly RunVersion[]): Statement<{ run_key: bigint }> {
  return {
    name: 'run-lock',
    text: `select r.run_key from run r join unnest($1::bigint[], $2::int[]) v(run_key, ver)
             on r.run_key = v.run_key and r.ver = v.ver
           order by r.run_key for no key update of r`,
    values: [versions.map(({ runKey }) => runKey), versions.map(({ ver }) => ver)],
  };
}

/** Mark waiting runs as admitted. */
export function admitRuns(runKeys: readonly RunKey[], at: number): Statement {
  return {
    name: 'run-admit',
    text: 'update run set admitted = true, ver = ver + 1, wake_at = $2, modify_time = $2 where run_key = any($1::bigint[])',
    values: [runKeys, at],
  };
}

export const RUN_COLUMNS = `run_key, ver, engine_level, workflow_key, workflow_id, version, instance_id, run_id, tenant, status,
  admitted, blocking, create_time, start_time, end_time, modify_time, wake_at, progress, origin, run_policy,
  correlation_id, traceparent, params, parked_reason, parent_run_key, parent_ordinal, parent_attempt, body, restart`;

/** RunRow is a run row as pg returns it. */
export interface RunRow {
  readonly run_key: bigint;
  readonly ver: number;
  readonly engine_level: number;
  readonly workflow_key: bigint;
  readonly workflow_id: string;
  readonly version: bigint;
  readonly instance_id: bigint;
  readonly run_id: bigint;
  readonly tenant: string;
  readonly status: WorkflowInstanceStatus;
  readonly admitted: boolean;
  readonly blocking: boolean;
  readonly create_time: bigint;
  readonly start_time: bigint | null;
  readonly end_time: bigint | null;
  readonly modify_time: bigint;
  readonly wake_at: bigint | null;
  readonly progress: string;
  readonly origin: Buffer;
  readonly run_policy: RunPolicy;
  readonly correlation_id: string;
  readonly traceparent: string | null;
  readonly params: string;
  readonly parked_reason: string | null;
  readonly parent_run_key: bigint | null;
  readonly parent_ordinal: number | null;
  readonly parent_attempt: number | null;
  readonly body: string | null;
  readonly restart: string | null;
}

export function readRuns(runKeys: readonly RunKey[]): Statement<RunRow> {
  return {
    name: 'run-read',
    text: `select ${RUN_COLUMNS} from run where run_key = any($1::bigint[])`,
    values: [runKeys],
  };
}

/** headerOf is the run as the engine knows it; an iteration still lacks the params of its parent. */
export function headerOf(row: RunRow): RunHeader {
  const start = startRequestFromProto(fromBinary(StartWorkflowRequestSchema, row.origin));
  const progress = JSON.parse(row.progress) as Progress;
  return present({
    ...progress,
    runKey: row.run_key,
    workflowKey: row.workflow_key,
    workflowId: row.workflow_id,
    version: row.version,
    instanceId: row.instance_id,
    runId: row.run_id,
    tenant: row.tenant,
    status: row.status,
    runPolicy: row.run_policy,
    correlationId: row.correlation_id,
    traceparent: orUndefined(row.traceparent),
    requestId: row.body === null ? start.requestId : `${start.requestId}-${String(row.instance_id - 1n)}`,
    initiator: start.initiator,
    runtimeTags: start.runtimeTags ?? [],
    runParams: start.runParams ?? {},
    stepRunParams: start.stepRunParams ?? {},
    artifacts: start.artifacts ?? {},
    requestTime: start.requestTime ?? Number(row.create_time),
    params: parseParams(row.params),
    ...nestingOf(row),
    restart: readRestart(row.restart),
    createTime: Number(row.create_time),
    startTime: timeOf(row.start_time),
    endTime: timeOf(row.end_time),
  });
}

const orUndefined = <T>(value: T | null): T | undefined => value ?? undefined;

function nestingOf(row: RunRow): Pick<RunHeader, 'parent' | 'body' | 'ownParams'> {
  if (row.parent_run_key === null) return {};
  const parent = { runKey: row.parent_run_key, ordinal: row.parent_ordinal ?? 0, attempt: row.parent_attempt ?? 0 };
  if (row.body === null) return { parent };
  return {
    parent: { ...parent, index: Number(row.instance_id) - 1 },
    body: JSON.parse(row.body) as readonly string[],
    ownParams: parseParams(row.params),
  };
}
