import type { CommitCounts } from '../../ports/run-store.js';
import type { BatchRows, EndAll, PendingActionRow, Unblock } from '../../rows/batch-rows.js';
import type { RunRow } from '../../adapters/postgres/run.js';
import { keyOf, type Tables } from './tables.js';
import { change, leave } from './write-batch.js';

/** bulkActs are the acts of a batch on many runs, behind its own rows (adapters/postgres/end-queued.ts, pending-action.ts). */
export function bulkActs(tables: Tables, rows: BatchRows): CommitCounts {
  const ended = rows.endAll.map((act) => ({
    queued: act.queued ? endQueued(tables, act) : 0,
    running: act.runningEvent === undefined ? 0 : actOnRunning(tables, act, act.runningEvent),
  }));
  return { ended, unblocked: rows.unblocks.map((act) => unblock(tables, act)) };
}

function endQueued(tables: Tables, { workflowKey, queuedStatus, except, at }: EndAll): number {
  const gone = [...tables.entries.values()].filter(
    (entry) => entry.workflowKey === workflowKey && !except.includes(entry.runKey),
  );
  const told: PendingActionRow[] = [];
  for (const { workflowKey: key, instanceId, runId, runKey } of gone) {
    tables.entries.delete(keyOf(key, instanceId, runId));
    const row = tables.runs.get(runKey);
    if (row === undefined) continue;
    const end = { status: queuedStatus, end_time: BigInt(at), modify_time: BigInt(at), wake_at: null };
    change(tables, runKey, ({ ver }) => ({ ...end, ver: ver + 1, blocking: queuedStatus === 'FAILED' }));
    if (row.parent_run_key !== null) told.push(childFinished({ ...row, status: queuedStatus }, at));
  }
  leave(tables, told);
  return gone.length;
}

function childFinished(row: RunRow, at: number): PendingActionRow {
  const child = `{"workflowId":${JSON.stringify(row.workflow_id)},"instanceId":${row.instance_id}.0,"runId":${row.run_id}.0,"version":${row.version}.0,"status":"${row.status}","rollup":{}}`;
  const place = `"ordinal":${row.parent_ordinal}.0,"attempt":${row.parent_attempt}.0`;
  const event = `{"type":"child-finished","at":${at}.0,${place},"child":${child}}`;
  return { runKey: row.parent_run_key ?? 0n, event };
}

function actOnRunning(tables: Tables, { workflowKey, except }: EndAll, event: string): number {
  const running = [...tables.runs.values()].filter(
    (run) =>
      run.workflow_key === workflowKey &&
      run.end_time === null &&
      run.admitted &&
      run.body === null &&
      !except.includes(run.run_key),
  );
  leave(
    tables,
    running.map(({ run_key: runKey }) => ({ runKey, event })),
  );
  return running.length;
}

function unblock(tables: Tables, { workflowKey, instanceId }: Unblock): number {
  const blocking = [...tables.runs.values()].filter((run) => run.workflow_key === workflowKey && run.blocking);
  const freed = blocking.filter((run) => instanceId === undefined || run.instance_id === instanceId);
  for (const { run_key: runKey } of freed) change(tables, runKey, ({ ver }) => ({ blocking: false, ver: ver + 1 }));
  const queue = tables.queues.get(workflowKey);
  if (queue) tables.queues.set(workflowKey, { ...queue, blockingFailed: blocking.length - freed.length });
  return freed.length;
}
