import type { RunKey, WorkflowKey } from '@maestro/domain';
import type { RunRow } from '../../adapters/postgres/run.js';
import type { StepRow } from '../../adapters/postgres/step.js';
import type { ClaimRow, OutboxRow, ReadyRow, WakeupRow } from '../../rows/batch-rows.js';
import type { PermitRow, TagRow } from '../../rows/permit-rows.js';
import type { InstanceRun, QueueEntry, QueueRow } from '../../rows/queue-row.js';

/** PendingRow is an event left for a run. */
export interface PendingRow {
  readonly id: bigint;
  readonly runKey: RunKey;
  readonly event: string;
}

/**
 * Tables are the scheduler's rows in memory. Rows are never changed in place; whoever read one has what was there then. They are held in
 * the form in which Postgres returns them where a codec stands between a row and what it means.
 */
export class Tables {
  readonly runs = new Map<RunKey, RunRow>();
  /** By run, then by `ordinal/attempt`. */
  readonly steps = new Map<RunKey, Map<string, StepRow>>();
  readonly queues = new Map<WorkflowKey, QueueRow>();
  readonly entries = new Map<string, QueueEntry>();
  readonly instanceRuns = new Map<string, InstanceRun>();
  readonly requests = new Map<string, InstanceRun>();
  readonly wakeups = new Map<string, WakeupRow>();
  readonly claims = new Map<string, ClaimRow>();
  readonly ready = new Map<string, ReadyRow>();
  readonly outbox = new Map<bigint, OutboxRow>();
  readonly pending = new Map<bigint, PendingRow>();
  readonly parked = new Map<bigint, PendingRow>();
  readonly tags = new Map<string, TagRow>();
  readonly permits = new Map<string, PermitRow>();
  permitRevision = 0n;
  private serials = 0n;
  private permitSerials = 0n;

  serial(): bigint {
    return (this.serials += 1n);
  }

  permitSerial(): bigint {
    return (this.permitSerials += 1n);
  }

  stepsOf(runKey: RunKey): Map<string, StepRow> {
    let rows = this.steps.get(runKey);
    if (rows === undefined) this.steps.set(runKey, (rows = new Map<string, StepRow>()));
    return rows;
  }
}

/** keyOf joins the parts of a primary key. */
export function keyOf(...parts: readonly (string | number | bigint)[]): string {
  return parts.join('/');
}
