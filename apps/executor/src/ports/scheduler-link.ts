import type { RenewLease, RenewLeaseReply, ReportVerdict } from '@maestro/proto/maestro/scheduler/v1/attempt';

/**
 * ReportAnswer is what became of one request with reports: their verdicts in order; or nobody listens on the subject; or
 * no answer came in time, so that nothing is known and the same reports are sent again.
 */
export type ReportAnswer = readonly ReportVerdict[] | 'no-responders' | 'no-answer';

/** SchedulerLink is how this executor talks to the scheduler. */
export interface SchedulerLink {
  /**
   * sendReports asks one replica (or, when it is undefined, any) to commit an encoded AttemptReportBatch. Never rejects.
   */
  sendReports(replica: string | undefined, batch: Uint8Array): Promise<ReportAnswer>;
  /** renewLease rejects when no scheduler answers in time. */
  renewLease(request: RenewLease): Promise<RenewLeaseReply>;
}
