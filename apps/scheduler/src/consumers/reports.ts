import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { holderOf, type Millis } from '@maestro/domain';
import type { Verdict } from '@maestro/engine';
import {
  AttemptReportBatchSchema,
  AttemptReportReplySchema,
  ReportVerdict,
  type AttemptReport,
} from '@maestro/proto/maestro/scheduler/v1/attempt';
import type { Logger } from '@maestro/telemetry';
import type { Input } from '../commit/input.js';
import { reportEvent } from './report-event.js';

export interface ReportsDeps {
  readonly logger: Logger;
  now(): Millis;
  submit(input: Input): void;
}

const VERDICTS: Readonly<Record<Verdict, ReportVerdict>> = {
  accepted: ReportVerdict.ACCEPTED,
  ended: ReportVerdict.ENDED,
  cancelled: ReportVerdict.CANCELLED,
  held: ReportVerdict.HELD,
  later: ReportVerdict.LATER,
};

/** takeReports answers a batch of claims, progress and results once all of them are committed. */
export function takeReports(deps: ReportsDeps, data: Uint8Array): Promise<Uint8Array> {
  const { executorId, incarnation, reports } = fromBinary(AttemptReportBatchSchema, data);
  const holder = holderOf(executorId, incarnation);
  const verdicts: ReportVerdict[] = new Array<ReportVerdict>(reports.length).fill(ReportVerdict.LATER);
  return new Promise((resolve) => {
    let left = reports.length;
    const settle = (index: number, verdict: ReportVerdict): void => {
      verdicts[index] = verdict;
      left -= 1;
      if (left === 0) resolve(encodeReply(verdicts));
    };
    if (left === 0) resolve(encodeReply(verdicts));
    reports.forEach((report, index) => takeReport(deps, holder, report, (verdict) => settle(index, verdict)));
  });
}

function encodeReply(verdicts: ReportVerdict[]): Uint8Array {
  return toBinary(AttemptReportReplySchema, create(AttemptReportReplySchema, { verdicts }));
}

function takeReport(
  deps: ReportsDeps,
  holder: string,
  report: AttemptReport,
  answer: (verdict: ReportVerdict) => void,
): void {
  const event = reportEvent(report, holder, deps.now());
  const runKey = report.dispatch?.runKey;
  if (event === undefined || runKey === undefined) {
    deps.logger.warn({ holder, report: report.kind.case }, 'a report that says nothing is dropped');
    answer(ReportVerdict.ENDED);
    return;
  }
  deps.submit({
    kind: 'event',
    runKey,
    event,
    settle: (verdict) => answer(VERDICTS[verdict]),
    fail: (err) => {
      deps.logger.warn({ err, runKey: String(runKey) }, 'a report could not be committed and will be sent again');
      answer(ReportVerdict.LATER);
    },
  });
}
