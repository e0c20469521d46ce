import type { RunKey } from '@maestro/domain';
import { shardOf } from '@maestro/domain';
import { MOVING, RUN, type RunRow } from '../../adapters/postgres/run.js';
import { restartText } from '../../adapters/postgres/restart.js';
import { STEP, type StepRow } from '../../adapters/postgres/step.js';
import { paramsText } from '@maestro/wire';
import type {
  AttemptRow,
  BatchRows,
  ClaimRow,
  EndChildren,
  PendingActionRow,
  RunWrite,
  StepWrite,
} from '../../rows/batch-rows.js';
import type { QueueRow } from '../../rows/queue-row.js';
import { rowOf } from './row-of.js';
import { duplicateKey } from './statement-errors.js';
import { keyOf, type Tables } from './tables.js';
import { writePermits } from './write-permits.js';

/** checkBatch throws what Postgres would refuse the batch with, before anything of it is written. */
export function checkBatch(tables: Tables, rows: BatchRows): void {
  for (const run of rows.instanceRuns) {
    const taken = tables.instanceRuns.has(keyOf(run.workflowKey, run.instanceId, run.runId));
    if (taken || tables.requests.has(keyOf(run.workflowKey, run.requestId))) throw duplicateKey('instance_run');
  }
  for (const { header } of rows.runInserts) if (tables.runs.has(header.runKey)) throw duplicateKey('run');
  for (const { workflowKey, instanceId, runId } of rows.entryInserts)
    if (tables.entries.has(keyOf(workflowKey, instanceId, runId))) throw duplicateKey('queue_entry');
  if (rows.outbox && tables.outbox.has(rows.outbox.batchId)) throw duplicateKey('outbox');
}

/** writeBatch writes what a batch writes of its own, in the order of the real statements (adapters/postgres/write-batch.ts). */
export function writeBatch(tables: Tables, rows: BatchRows): void {
  for (const queue of rows.queues) updateQueue(tables, queue);
  for (const entry of rows.entryDeletes) tables.entries.delete(keyOf(entry.workflowKey, entry.instanceId, entry.runId));
  for (const entry of rows.entryInserts)
    tables.entries.set(keyOf(entry.workflowKey, entry.instanceId, entry.runId), entry);
  for (const run of rows.instanceRuns) {
    tables.instanceRuns.set(keyOf(run.workflowKey, run.instanceId, run.runId), run);
    tables.requests.set(keyOf(run.workflowKey, run.requestId), run);
  }
  if (rows.permits) writePermits(tables, rows.permits);
  writeRuns(tables, rows);
  for (const step of rows.steps) upsertStep(tables, step);
  writeBeside(tables, rows);
}

function updateQueue(tables: Tables, row: QueueRow): void {
  const known = tables.queues.get(row.workflowKey);
  const { workflowKey, workflowId, tenant } = known ?? row;
  if (known !== undefined) tables.queues.set(workflowKey, { ...row, workflowKey, workflowId, tenant });
}

function writeRuns(tables: Tables, rows: BatchRows): void {
  for (const run of rows.runInserts)
    tables.runs.set(run.header.runKey, { ...rowOf(RUN.columns, run), parked_reason: null } as unknown as RunRow);
  for (const run of rows.runUpdates) change(tables, run.header.runKey, () => rowOf<RunWrite>(MOVING, run));
  for (const { runKey, params } of rows.runParams) change(tables, runKey, () => ({ params: paramsText(params) }));
  for (const { runKey, restart } of rows.runRestarts) change(tables, runKey, () => ({ restart: restartText(restart) }));
  const at = BigInt(rows.at);
  for (const runKey of rows.admitted) {
    change(tables, runKey, ({ ver }) => ({ admitted: true, ver: ver + 1, wake_at: at, modify_time: at }));
    wake(tables, runKey, rows.at);
  }
}

/** change writes some columns of a run, if it is there. */
export function change(
  tables: Tables,
  runKey: RunKey,
  columns: (row: RunRow) => Partial<Record<keyof RunRow, unknown>>,
): void {
  const row = tables.runs.get(runKey);
  if (row !== undefined) tables.runs.set(runKey, { ...row, ...columns(row) } as RunRow);
}

function upsertStep(tables: Tables, write: StepWrite): void {
  const row = rowOf(STEP.columns, write) as unknown as StepRow;
  const rows = tables.stepsOf(row.run_key);
  const key = keyOf(row.ordinal, row.attempt);
  const known = rows.get(key);
  const params = row.params ?? known?.params ?? null;
  rows.set(key, { ...row, params, artifacts: row.artifacts ?? known?.artifacts ?? null });
}

function writeBeside(tables: Tables, rows: BatchRows): void {
  for (const row of rows.claimDeletes) tables.claims.delete(claimKey(row));
  for (const row of rows.claimInserts) tables.claims.set(claimKey(row), row);
  for (const row of rows.readyDeletes) tables.ready.delete(attemptKey(row));
  for (const row of rows.readyInserts) {
    const known = tables.ready.get(attemptKey(row));
    tables.ready.set(attemptKey(row), known === undefined ? row : { ...known, dispatch: row.dispatch });
  }
  for (const { shard, dueAt, runKey } of rows.wakeupDeletes) tables.wakeups.delete(keyOf(shard, dueAt, runKey));
  for (const row of rows.wakeupInserts) tables.wakeups.set(keyOf(row.shard, row.dueAt, row.runKey), row);
  for (const { runKey, id } of rows.pendingActionsDone) {
    tables.pending.delete(id);
    tables.wakeups.delete(keyOf(shardOf(runKey), -Number(id), runKey));
  }
  leave(tables, rows.pendingActions);
  for (const act of rows.endChildren) actOnChildren(tables, act);
  for (const batchId of rows.outboxDone) tables.outbox.delete(batchId);
  if (rows.outbox !== undefined) tables.outbox.set(rows.outbox.batchId, rows.outbox);
}

const claimKey = ({ holder, ...attempt }: ClaimRow): string => keyOf(holder, attemptKey(attempt));
const attemptKey = ({ runKey, ordinal, attempt }: AttemptRow): string => keyOf(runKey, ordinal, attempt);

function actOnChildren(tables: Tables, act: EndChildren): void {
  const running = [...tables.runs.values()].filter((run) => {
    const isBelow =
      run.parent_run_key === act.runKey && run.parent_ordinal === act.ordinal && run.parent_attempt === act.attempt;
    return isBelow && run.end_time === null && (run.admitted || !act.onlyLaunched);
  });
  leave(
    tables,
    running.map(({ run_key: runKey }) => ({ runKey, event: act.event })),
  );
}

/** leave leaves events for runs, and wakes each run with the last of its own (adapters/postgres/pending-action.ts). */
export function leave(tables: Tables, events: readonly PendingActionRow[]): void {
  const last = new Map<RunKey, bigint>();
  for (const { runKey, event } of events) {
    const id = tables.serial();
    tables.pending.set(id, { id, runKey, event });
    last.set(runKey, id);
  }
  for (const [runKey, id] of last) wake(tables, runKey, -Number(id));
}

/** wake makes a run due. */
function wake(tables: Tables, runKey: RunKey, dueAt: number): void {
  const shard = shardOf(runKey);
  tables.wakeups.set(keyOf(shard, dueAt, runKey), { shard, dueAt, runKey });
}
