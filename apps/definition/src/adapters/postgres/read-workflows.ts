import { query } from '@maestro/postgres';
import { pageOf } from '@maestro/service';
import type { Pool } from 'pg';
import type { WorkflowReads } from '../../ports/workflow-reads.js';
import { selectFound, selectVersions, versionState, type FoundRow } from './find-version.js';
import { countWorkflows, selectWorkflows } from './list-workflows.js';
import { countSnapshots, selectSnapshot, selectSnapshots, snapshotOf } from './properties-history.js';
import { resolutionOf, selectResolutions } from './resolve.js';
import { selectNear, selectWorkflow, workflowRecord } from './workflow.js';
import { selectTimeline } from './workflow-timeline.js';
import { countVersions, type VersionRow } from './workflow-version.js';

export interface PostgresReadsOptions {
  /** For look-ups by key, which starts of runs wait for. */
  readonly hot: Pool;
  /** For lists, whose plans depend on their filters, and for what is asked within an act, which holds a connection of `hot`. */
  readonly lists: Pool;
}

/** postgresReads answers from Postgres, always by what is committed now. */
export function postgresReads({ hot, lists }: PostgresReadsOptions): WorkflowReads {
  return { ...lookUps(hot), ...listing(lists) };
}

type LookUps = Pick<WorkflowReads, 'find' | 'resolve' | 'workflow' | 'snapshot'>;

function lookUps(pool: Pool): LookUps {
  return {
    find: async (which, selector) => {
      const [{ rows }] = await query(pool, [selectFound(which, selector)]);
      const [row] = rows;
      if (row === undefined) return undefined;
      return { workflow: workflowRecord(row), ...(hasVersion(row) ? { state: versionState(row) } : {}) };
    },
    resolve: async (wanted) => {
      if (wanted.length === 0) return [];
      const [{ rows }] = await query(pool, [selectResolutions(wanted)]);
      return rows.map(resolutionOf);
    },
    workflow: async (workflowId) => {
      const [{ rows }] = await query(pool, [selectWorkflow(workflowId)]);
      return rows[0] === undefined ? undefined : workflowRecord(rows[0]);
    },
    snapshot: async (workflowKey, time) => {
      const [{ rows }] = await query(pool, [selectSnapshot(workflowKey, time)]);
      return rows[0] === undefined ? undefined : snapshotOf(rows[0].workflow_id, rows[0]);
    },
  };
}

function listing(pool: Pool): Omit<WorkflowReads, keyof LookUps> {
  return {
    list: async (filter, ask) => {
      const [found, counted] = await query(pool, [selectWorkflows(filter, ask), countWorkflows(filter)]);
      const totalCount = counted.rows[0]?.total ?? 0n;
      return pageOf(ask, found.rows, { key: (row) => row.revision, item: workflowRecord, totalCount });
    },
    versions: async (workflowKey, ask) => {
      const [found, counted] = await query(pool, [selectVersions(workflowKey, ask), countVersions(workflowKey)]);
      const totalCount = counted.rows[0]?.total ?? 0n;
      return pageOf(ask, found.rows, { key: (row) => row.version, item: versionState, totalCount });
    },
    propertiesHistory: async ({ workflowKey, workflowId }, ask) => {
      const [found, counted] = await query(pool, [selectSnapshots(workflowKey, ask), countSnapshots(workflowKey)]);
      const totalCount = counted.rows[0]?.total ?? 0n;
      return pageOf(ask, found.rows, {
        key: (row) => row.create_time,
        item: (row) => snapshotOf(workflowId, row),
        totalCount,
      });
    },
    near: async (workflowId) => {
      const [{ rows }] = await query(pool, [selectNear(workflowId)]);
      return rows.map((row) => row.workflow_id).filter((id) => looksLike(id, workflowId));
    },
    timeline: async (workflowKey, limit) => {
      const [{ rows }] = await query(pool, [selectTimeline(workflowKey, limit)]);
      return rows.map(({ author, log, event_time }) => ({ author, log, time: Number(event_time) }));
    },
  };
}

function hasVersion(row: FoundRow): row is FoundRow & VersionRow {
  return row.version !== null;
}

/** Neighbours in the order of ids look alike when they share the better half of their beginning, in any case. */
function looksLike(id: string, wanted: string): boolean {
  const half = Math.max(2, Math.ceil(Math.min(id.length, wanted.length) / 2));
  return id.slice(0, half).toLowerCase() === wanted.slice(0, half).toLowerCase();
}
