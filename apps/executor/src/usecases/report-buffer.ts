import { create, toBinary } from '@bufbuild/protobuf';
import { shardOf } from '@maestro/domain';
import {
  AttemptReportBatchSchema,
  type ReportVerdict,
  type RenewLeaseReply,
} from '@maestro/proto/maestro/scheduler/v1/attempt';
import type { SchedulerLink } from '../ports/scheduler-link.js';
import type { PendingReport } from './pending-report.js';
import { ReportLane, type LaneOutcome } from './report-lane.js';

export interface ReportBufferOptions {
  readonly executorId: string;
  /** Under which lease it reports. */
  readonly incarnation: () => bigint;
  readonly link: SchedulerLink;
  /** Told whenever a report left the buffer, so that more work may be taken. */
  readonly released: () => void;
}

/** Reports that may wait for their answer; when the scheduler is slower than that, less work is taken. */
const MAX_REPORTS = 2_000;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * ReportBuffer keeps every report until the scheduler has committed it (architecture §6.4: it is the open row of reports
 * and claims). Reports of one tick travel together, per replica that decides for their shard.
 */
export class ReportBuffer {
  private readonly lanes = new Map<string, ReportLane>();
  private readonly anyReplica: ReportLane;
  private replicaOfShard: readonly (string | undefined)[] = [];
  private count = 0;
  private bytes = 0;
  private drained: (() => void) | undefined;

  constructor(private readonly options: ReportBufferOptions) {
    this.anyReplica = this.openLane(undefined);
  }

  /** unanswered is how many reports are kept. */
  get unanswered(): number {
    return this.count;
  }

  /** room is how many more reports may come: the measure of back-pressure. None while those here are too big together. */
  get room(): number {
    return this.bytes > MAX_BYTES ? 0 : Math.max(0, MAX_REPORTS - this.count);
  }

  add(pending: PendingReport): void {
    this.count += 1;
    this.bytes += pending.bytes;
    this.laneOf(pending).add(pending);
  }

  /** learnReplicas takes over which replica decides for which shards. */
  learnReplicas({ replicas }: Pick<RenewLeaseReply, 'replicas'>): void {
    const next: (string | undefined)[] = [];
    for (const { replicaId, shards } of replicas) for (const shard of shards) next[shard] = replicaId;
    this.replicaOfShard = next;
    const known = new Set(replicas.map(({ replicaId }) => replicaId));
    for (const [replica, lane] of this.lanes) if (!known.has(replica) && lane.idle) this.lanes.delete(replica);
  }

  /** whenEmpty resolves when every report was answered. */
  whenEmpty(): Promise<void> {
    if (this.count === 0) return Promise.resolve();
    return new Promise((resolve) => (this.drained = resolve));
  }

  /** close gives up what is unanswered. */
  close(): void {
    for (const lane of [...this.lanes.values(), this.anyReplica]) lane.close();
  }

  private laneOf({ report }: PendingReport): ReportLane {
    const replica = this.replicaOfShard[shardOf(report.dispatch?.runKey ?? 0n)];
    if (replica === undefined) return this.anyReplica;
    let lane = this.lanes.get(replica);
    if (lane === undefined) {
      lane = this.openLane(replica);
      this.lanes.set(replica, lane);
    }
    return lane;
  }

  private openLane(replica: string | undefined): ReportLane {
    return new ReportLane({
      send: (batch) => this.send(replica, batch),
      // A replica that is gone hears nothing: whoever is there takes its reports.
      unheard: replica === undefined ? undefined : (batch) => this.anyReplica.addAll(batch),
      settle: (pending, verdict) => this.settle(pending, verdict),
    });
  }

  private async send(replica: string | undefined, batch: readonly PendingReport[]): Promise<LaneOutcome> {
    const message = create(AttemptReportBatchSchema);
    message.executorId = this.options.executorId;
    message.incarnation = this.options.incarnation();
    message.reports = batch.map(({ report }) => report);
    return this.options.link.sendReports(replica, toBinary(AttemptReportBatchSchema, message));
  }

  private settle(pending: PendingReport, verdict: ReportVerdict): 'done' | 'again' {
    if (pending.answered(verdict) === 'again') return 'again';
    this.count -= 1;
    this.bytes -= pending.bytes;
    this.options.released();
    if (this.count === 0) this.drained?.();
    return 'done';
  }
}
