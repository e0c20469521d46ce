import type { RunStrategyRule, WorkflowKey } from '@maestro/domain';
import { bulkUpdate, type Statement } from '@maestro/postgres';
import type { QueueRow } from '../../rows/queue-row.js';
import { column } from './columns.js';

const KEY = column<QueueRow>('workflow_key', 'bigint', ({ workflowKey }) => workflowKey);
const MOVING = [
  column<QueueRow>('rule', 'text', ({ rule }) => rule),
  column<QueueRow>('concurrency', 'int', ({ concurrency }) => concurrency),
  column<QueueRow>('revision', 'bigint', ({ revision }) => revision),
  column<QueueRow>('active_version', 'bigint', ({ activeVersion }) => activeVersion),
  column<QueueRow>('next_instance', 'bigint', ({ nextInstance }) => nextInstance),
  column<QueueRow>('running', 'int', ({ running }) => running),
  column<QueueRow>('queued', 'int', ({ queued }) => queued),
  column<QueueRow>('blocking_failed', 'int', ({ blockingFailed }) => blockingFailed),
  column<QueueRow>('paused', 'boolean', ({ paused }) => paused),
  column<QueueRow>('closed', 'boolean', ({ closed }) => closed),
];

/**
 * Create the queue rows of workflows that are new here; known ones stay as they are. Instance numbers of a re-created
 * workflow id go on where its former incarnation ended.
 */
export function seedQueues(rows: readonly QueueRow[]): Statement {
  return {
    name: 'workflow-queue-seed',
    text: `insert into workflow_queue (workflow_key, workflow_id, tenant, rule, concurrency, revision, active_version, next_instance)
           select u.*, coalesce((select max(f.next_instance) from workflow_queue f where f.workflow_id = u.workflow_id), 1)
           from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::int[], $6::bigint[], $7::bigint[])
             u(workflow_key, workflow_id, tenant, rule, concurrency, revision, active_version)
           where not exists (select 1 from workflow_queue k where k.workflow_key = u.workflow_key)
           on conflict (workflow_key) do nothing`,
    values: [
      rows.map(({ workflowKey }) => workflowKey),
      rows.map(({ workflowId }) => workflowId),
      rows.map(({ tenant }) => tenant),
      rows.map(({ rule }) => rule),
      rows.map(({ concurrency }) => concurrency),
      rows.map(({ revision }) => revision),
      rows.map(({ activeVersion }) => activeVersion),
    ],
  };
}

export const updateQueues = (rows: readonly QueueRow[]): Statement => bulkUpdate('workflow_queue', [KEY], MOVING, rows);

export const QUEUE_COLUMNS = `workflow_key, workflow_id, tenant, rule, concurrency, revision, active_version, next_instance,
  running, queued, blocking_failed, paused, closed`;

/** WorkflowQueueRow is a queue row as pg returns it. */
export interface WorkflowQueueRow {
  readonly workflow_key: bigint;
  readonly workflow_id: string;
  readonly tenant: string;
  readonly rule: RunStrategyRule;
  readonly concurrency: number;
  readonly revision: bigint;
  readonly active_version: bigint;
  readonly next_instance: bigint;
  readonly running: number;
  readonly queued: number;
  readonly blocking_failed: number;
  readonly paused: boolean;
  readonly closed: boolean;
}

/** Lock and read queue rows, in key order: the first locks of every transaction that has them. */
export function lockQueues(workflowKeys: readonly WorkflowKey[]): Statement<WorkflowQueueRow> {
  return {
    name: 'workflow-queue-lock',
    text: `select ${QUEUE_COLUMNS} from workflow_queue where workflow_key = any($1::bigint[]) order by workflow_key for no key update`,
    values: [workflowKeys],
  };
}

/** Lock queue rows that still are as given, in key order; raises division_by_zero unless all are. */
export function assertQueues(rows: readonly QueueRow[]): Statement {
  return {
    name: 'workflow-queue-assert',
    text: `select 1 / (case when count(*) = cardinality($1::bigint[]) then 1 else 0 end)
           from (select q.workflow_key
                 from unnest($1::bigint[], $2::int[], $3::int[], $4::int[], $5::bigint[], $6::bigint[], $7::boolean[], $8::boolean[])
                   e(workflow_key, running, queued, blocking_failed, next_instance, revision, paused, closed)
                 join workflow_queue q on q.workflow_key = e.workflow_key
                 where q.running = e.running and q.queued = e.queued and q.blocking_failed = e.blocking_failed
                   and q.next_instance = e.next_instance and q.revision = e.revision and q.paused = e.paused and q.closed = e.closed
                 order by q.workflow_key for no key update of q) held`,
    values: [
      rows.map(({ workflowKey }) => workflowKey),
      rows.map(({ running }) => running),
      rows.map(({ queued }) => queued),
      rows.map(({ blockingFailed }) => blockingFailed),
      rows.map(({ nextInstance }) => nextInstance),
      rows.map(({ revision }) => revision),
      rows.map(({ paused }) => paused),
      rows.map(({ closed }) => closed),
    ],
  };
}

/** The present incarnation of a workflow id, as this service knows it. */
export function readQueueById(workflowId: string): Statement<WorkflowQueueRow> {
  return {
    name: 'workflow-queue-by-id',
    text: `select ${QUEUE_COLUMNS} from workflow_queue where workflow_id = $1 order by workflow_key desc limit 1`,
    values: [workflowId],
  };
}

/** Count the failed runs that hold the queue again, after some were unblocked. */
export function recountBlocking(workflowKey: WorkflowKey): Statement {
  return {
    name: 'workflow-queue-recount-blocking',
    text: `update workflow_queue set blocking_failed = (select count(*) from run where workflow_key = $1 and blocking)
           where workflow_key = $1`,
    values: [workflowKey],
  };
}

export function queueRowOf(row: WorkflowQueueRow): QueueRow {
  return {
    workflowKey: row.workflow_key,
    workflowId: row.workflow_id,
    tenant: row.tenant,
    rule: row.rule,
    concurrency: row.concurrency,
    revision: row.revision,
    activeVersion: row.active_version,
    nextInstance: row.next_instance,
    running: row.running,
    queued: row.queued,
    blockingFailed: row.blocking_failed,
    paused: row.paused,
    closed: row.closed,
  };
}

/** Workflows with runs that wait although their limit leaves room; what blocks them otherwise is decided by admission. */
export const readWaitingQueues: Statement<{ workflow_key: bigint }> = {
  name: 'workflow-queue-waiting',
  text: `select workflow_key from workflow_queue
         where queued > 0 and running < concurrency and not paused and not closed limit 100`,
};
