import type { WorkflowKey } from '@maestro/domain';
import { query, queryOne, type Statement } from '@maestro/postgres';
import type { Pool } from 'pg';
import type {
  BreakpointPlace,
  BreakpointStore,
  PausedAttempt,
  StoredBreakpoint,
} from '../../ports/breakpoint-store.js';
import { timeOf } from './columns.js';
import { headerOf, readRuns } from './run.js';
import { readReplicas } from './shard-lease.js';

interface BreakpointRow {
  readonly workflow_key: bigint;
  readonly step_id: string;
  readonly version: bigint;
  readonly instance_id: bigint;
  readonly run_id: bigint;
  readonly created_by: string;
  readonly create_time: bigint;
}

const COLUMNS = 'workflow_key, step_id, version, instance_id, run_id, created_by, create_time';

const readAll: Statement<BreakpointRow> = {
  name: 'breakpoint-read-all',
  text: `select ${COLUMNS} from breakpoint order by workflow_key, step_id, version, instance_id, run_id`,
};

function placeValues({ workflowKey, stepId, version, instanceId, runId }: BreakpointPlace): readonly unknown[] {
  return [workflowKey, stepId, version ?? 0n, instanceId ?? 0n, runId ?? 0n];
}

function insertBreakpoint(breakpoint: StoredBreakpoint): Statement<BreakpointRow> {
  return {
    name: 'breakpoint-insert',
    text: `insert into breakpoint as b (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (workflow_key, step_id, version, instance_id, run_id) do update set created_by = b.created_by
           returning ${COLUMNS}`,
    values: [...placeValues(breakpoint), breakpoint.createdBy, breakpoint.createTime],
  };
}

function deleteBreakpoint(place: BreakpointPlace): Statement<{ deleted: number }> {
  return {
    name: 'breakpoint-delete',
    text: `delete from breakpoint where workflow_key = $1 and step_id = $2 and version = $3 and instance_id = $4 and run_id = $5
           returning 1 as deleted`,
    values: placeValues(place),
  };
}

interface PausedRow {
  readonly run_key: bigint;
  readonly ordinal: number;
  readonly attempt: number;
  readonly paused_at: bigint | null;
}

/** Found through the index of runs that have not ended. */
function readPaused(workflowKey: WorkflowKey): Statement<PausedRow> {
  return {
    name: 'step-read-paused',
    text: `select s.run_key, s.ordinal, s.attempt, s.times[3] as paused_at from run r join step s on s.run_key = r.run_key
           where r.workflow_key = $1 and r.end_time is null and s.status = 'PAUSED'
           order by s.run_key, s.ordinal limit 1000`,
    values: [workflowKey],
  };
}

/** postgresBreakpoints keeps breakpoints in this service's own schema. */
export function postgresBreakpoints(pool: Pool): BreakpointStore {
  return {
    all: async () => (await queryOne(pool, readAll)).map(breakpointOf),
    set: async (breakpoint) => {
      const [row] = await queryOne(pool, insertBreakpoint(breakpoint));
      return row === undefined ? breakpoint : breakpointOf(row);
    },
    remove: async (place) => (await queryOne(pool, deleteBreakpoint(place))).length > 0,
    paused: async (workflowKey) => paused(pool, workflowKey),
    replicas: async () => (await queryOne(pool, readReplicas)).map(({ replica_id }) => replica_id),
  };
}

async function paused(pool: Pool, workflowKey: WorkflowKey): Promise<readonly PausedAttempt[]> {
  const steps = await queryOne(pool, readPaused(workflowKey));
  const [runs] = await query(pool, [readRuns([...new Set(steps.map(({ run_key }) => run_key))])]);
  const headers = new Map(runs.rows.map((row) => [row.run_key, headerOf(row)]));
  return steps.flatMap(({ run_key: runKey, ordinal, attempt, paused_at }) => {
    const header = headers.get(runKey);
    return header === undefined ? [] : [{ runKey, header, ordinal, attempt, pauseTime: timeOf(paused_at) }];
  });
}

function breakpointOf(row: BreakpointRow): StoredBreakpoint {
  return {
    workflowKey: row.workflow_key,
    stepId: row.step_id,
    version: row.version || undefined,
    instanceId: row.instance_id || undefined,
    runId: row.run_id || undefined,
    createdBy: row.created_by,
    createTime: Number(row.create_time),
  };
}
