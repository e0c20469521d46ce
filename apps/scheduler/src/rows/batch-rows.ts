import type { Millis, Params, RunKey, WorkflowKey } from '@maestro/domain';
import type { RestartState, RunHeader, StepState, TimelineEntry } from '@maestro/engine';
import type { PermitChanges } from './permit-rows.js';
import type { InstanceRun, QueueEntry, QueueRow } from './queue-row.js';

/** RunVersion is a run at the optimistic version that a decision was made on. */
export interface RunVersion {
  readonly runKey: RunKey;
  readonly ver: number;
}

/** RunWrite is what changes of a run row. */
export interface RunWrite {
  readonly header: RunHeader;
  readonly ver: number;
  readonly admitted: boolean;
  readonly blocking: boolean;
  readonly modifyTime: Millis;
  readonly wakeAt: Millis | undefined;
}

/** RunParams are the params of a run that was stored without them. */
export interface RunParams {
  readonly runKey: RunKey;
  readonly params: Params;
}

/** RunRestart is what a run takes over from the runs before it. */
export interface RunRestart {
  readonly runKey: RunKey;
  readonly restart: RestartState;
}

/** RunInsert is a new run: beside what changes as it goes on, the start it came from. */
export interface RunInsert extends RunWrite {
  /** A StartWorkflowRequest. */
  readonly origin: Uint8Array;
}

export interface StepWrite {
  readonly runKey: RunKey;
  readonly step: StepState;
  /** The big JSON columns are sent only when they changed. */
  readonly paramsChanged: boolean;
  readonly artifactsChanged: boolean;
}

export interface TimelineWrite {
  readonly runKey: RunKey;
  readonly entry: TimelineEntry;
}

export interface WakeupRow {
  readonly shard: number;
  readonly dueAt: Millis;
  readonly runKey: RunKey;
}

/** AttemptRow names one dispatch of an attempt in the tables beside `step`. */
export interface AttemptRow {
  readonly runKey: RunKey;
  readonly ordinal: number;
  readonly attempt: number;
  readonly dispatch: number;
}

/** ClaimRow is an attempt that an executor holds. */
export interface ClaimRow extends AttemptRow {
  /** See holderOf. */
  readonly holder: string;
}

export interface ReadyRow extends AttemptRow {
  readonly pool: string;
  readonly tenant: string;
  readonly since: Millis;
}

export interface PendingActionKey {
  readonly runKey: RunKey;
  readonly id: bigint;
}

/** PendingActionRow is an event for another run, applied by that run's own next decision; the run is woken for it. */
export interface PendingActionRow {
  readonly runKey: RunKey;
  /** An engine event, as exact JSON. */
  readonly event: string;
}

/** EndChildren leaves an event with every run that an attempt started and that has not ended. */
export interface EndChildren {
  readonly runKey: RunKey;
  readonly ordinal: number;
  readonly attempt: number;
  readonly event: string;
  /** Leave out those that wait in the queues of their workflows: only an end concerns them. */
  readonly onlyLaunched: boolean;
}

/** EndAll stops what is queued of a workflow and leaves a pending action for each run that is under way. */
export interface EndAll {
  readonly workflowKey: WorkflowKey;
  readonly at: Millis;
  /** Queued runs end in this status at once. */
  readonly queuedStatus: 'STOPPED' | 'FAILED';
  readonly queued: boolean;
  /** The event for running runs; undefined = they go on. */
  readonly runningEvent: string | undefined;
  /** Runs of this very batch, which the batch itself decides about. */
  readonly except: readonly RunKey[];
}

export interface Unblock {
  readonly workflowKey: WorkflowKey;
  readonly instanceId: bigint | undefined;
}

export interface OutboxRow {
  readonly batchId: bigint;
  readonly writer: string;
  readonly messages: Uint8Array;
}

/** BatchRows is everything one transaction writes. */
export interface BatchRows {
  readonly at: Millis;
  readonly versions: RunVersion[];
  readonly runInserts: RunInsert[];
  readonly runUpdates: RunWrite[];
  /** Of runs that were stored before their params were evaluated. */
  readonly runParams: RunParams[];
  /** Of iterations that were stored before it was known what they take over from their runs before. */
  readonly runRestarts: RunRestart[];
  readonly steps: StepWrite[];
  readonly timeline: TimelineWrite[];
  readonly wakeupInserts: WakeupRow[];
  readonly wakeupDeletes: WakeupRow[];
  readonly claimInserts: ClaimRow[];
  readonly claimDeletes: ClaimRow[];
  readonly readyInserts: ReadyRow[];
  readonly readyDeletes: ReadyRow[];
  readonly queues: QueueRow[];
  readonly entryInserts: QueueEntry[];
  readonly entryDeletes: QueueEntry[];
  readonly instanceRuns: InstanceRun[];
  /** Queued runs that may start: marked, and woken so that their shard launches them. */
  readonly admitted: RunKey[];
  readonly endAll: EndAll[];
  readonly unblocks: Unblock[];
  readonly pendingActions: PendingActionRow[];
  readonly endChildren: EndChildren[];
  readonly pendingActionsDone: PendingActionKey[];
  permits: PermitChanges | undefined;
  outbox: OutboxRow | undefined;
  outboxDone: readonly bigint[];
  events: Uint8Array | undefined;
}

export function emptyBatchRows(at: Millis): BatchRows {
  return {
    at,
    versions: [],
    runInserts: [],
    runUpdates: [],
    runParams: [],
    runRestarts: [],
    steps: [],
    timeline: [],
    wakeupInserts: [],
    wakeupDeletes: [],
    claimInserts: [],
    claimDeletes: [],
    readyInserts: [],
    readyDeletes: [],
    queues: [],
    entryInserts: [],
    entryDeletes: [],
    instanceRuns: [],
    admitted: [],
    endAll: [],
    unblocks: [],
    pendingActions: [],
    endChildren: [],
    pendingActionsDone: [],
    permits: undefined,
    outbox: undefined,
    outboxDone: [],
    events: undefined,
  };
}
