import type { AttemptReport, ReportVerdict } from '@maestro/proto/maestro/scheduler/v1/attempt';

/** PendingReport is a report that the scheduler has not answered. */
export interface PendingReport {
  readonly report: AttemptReport;
  /** About how many bytes it takes on the wire. */
  readonly bytes: number;
  /** answered is told the verdict once; answering `again` keeps the report and sends it later. */
  answered(verdict: ReportVerdict): 'done' | 'again';
}
