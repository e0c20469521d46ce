import type { Statement } from '@maestro/postgres';
import type { BatchRows } from '../../rows/batch-rows.js';
import { deleteClaims, insertClaims } from './claim.js';
import { endQueued, unblockRuns } from './end-queued.js';
import { insertEvents } from './event-feed.js';
import { insertInstanceRuns } from './instance-run.js';
import { deleteOutbox, insertOutbox } from './outbox.js';
import { actOnChildren, actOnRunning, deletePendingActions, insertPendingActions } from './pending-action.js';
import { deleteEntries, insertEntries } from './queue-entry.js';
import { writePermits } from './permit.js';
import { deleteReady, insertReady } from './ready.js';
import { updateRestarts } from './restart.js';
import { admitRuns, insertRuns, updateRunParams, updateRuns } from './run.js';
import { upsertSteps } from './step.js';
import { insertTimeline } from './timeline.js';
import { deleteWakeups, insertWakeups, wakeRuns } from './wakeup.js';
import { recountBlocking, updateQueues } from './workflow-queue.js';

/** writeStatements is all that a batch writes, one small statement a table, in one order for every batch. */
export function writeStatements(rows: BatchRows): Statement[] {
  return [
    ...some(rows.queues, updateQueues),
    ...some(rows.entryDeletes, deleteEntries),
    ...some(rows.entryInserts, insertEntries),
    ...some(rows.instanceRuns, insertInstanceRuns),
    ...(rows.permits === undefined ? [] : writePermits(rows.permits, rows.at)),
    ...some(rows.runInserts, insertRuns),
    ...some(rows.runUpdates, updateRuns),
    ...some(rows.runParams, updateRunParams),
    ...some(rows.runRestarts, updateRestarts),
    ...some(rows.admitted, (runKeys) => admitRuns(runKeys, rows.at)),
    ...some(rows.admitted, (runKeys) => wakeRuns(runKeys, rows.at)),
    ...upsertSteps(rows.steps),
    ...some(rows.timeline, insertTimeline),
    ...some(rows.claimDeletes, deleteClaims),
    ...some(rows.claimInserts, insertClaims),
    ...some(rows.readyDeletes, deleteReady),
    ...some(rows.readyInserts, insertReady),
    ...some(rows.wakeupDeletes, deleteWakeups),
    ...some(rows.wakeupInserts, insertWakeups),
    ...some(rows.pendingActionsDone, deletePendingActions),
    ...some(rows.pendingActions, insertPendingActions),
    ...rows.endChildren.map((act) => actOnChildren(act)),
    ...some(rows.outboxDone, deleteOutbox),
    ...(rows.outbox === undefined ? [] : [insertOutbox(rows.outbox)]),
    ...(rows.events === undefined ? [] : [insertEvents(rows.at, rows.events)]),
  ];
}

/** bulkActs are the acts on many runs; they come behind the batch's own rows and their counts are answered. */
export function bulkActs(rows: BatchRows): {
  readonly statements: Statement[];
  readonly counts: (results: readonly Counted[]) => BulkCounts;
} {
  const statements: Statement[] = [];
  for (const act of rows.endAll) {
    statements.push(endQueued(act.queued ? act : { ...act, workflowKey: NO_WORKFLOW }));
    statements.push(
      actOnRunning(
        act.runningEvent === undefined ? NO_WORKFLOW : act.workflowKey,
        act.runningEvent ?? '{}',
        act.except,
      ),
    );
  }
  for (const { workflowKey, instanceId } of rows.unblocks) {
    statements.push(unblockRuns(workflowKey, instanceId), recountBlocking(workflowKey));
  }
  return { statements, counts: (results) => countsOf(rows, results) };
}

/** A key that no workflow has: the act touches nothing. */
const NO_WORKFLOW = -1n;

interface Counted {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

interface BulkCounts {
  readonly ended: { readonly queued: number; readonly running: number }[];
  readonly unblocked: number[];
}

function countsOf(rows: BatchRows, results: readonly Counted[]): BulkCounts {
  const count = (index: number, name: string): number => Number(results[index]?.rows[0]?.[name] ?? 0);
  const ended = rows.endAll.map((_, act) => ({
    queued: count(act * 2, 'ended'),
    running: count(act * 2 + 1, 'acted'),
  }));
  const first = rows.endAll.length * 2;
  return { ended, unblocked: rows.unblocks.map((_, act) => count(first + act * 2, 'unblocked')) };
}

function some<T>(rows: readonly T[], statement: (rows: readonly T[]) => Statement): Statement[] {
  return rows.length === 0 ? [] : [statement(rows)];
}
