import type { JsonObject } from '@maestro/domain';
import { ReportVerdict } from '@maestro/proto/maestro/scheduler/v1/attempt';
import { encodeExactJson } from '@maestro/wire';
import type { Attempt } from './attempt.js';
import { progressReport } from './attempt-reports.js';
import type { ReportBuffer } from './report-buffer.js';

const EMPTY_PROGRESS_BYTES = 32;

/** tellProgress adds artifacts to the step. The answer also tells when the attempt is not wanted here any more. */
export function tellProgress(reports: ReportBuffer, attempt: Attempt, artifacts: JsonObject): void {
  const artifactsJson = encodeExactJson(artifacts);
  reports.add({
    report: progressReport(attempt, artifactsJson),
    bytes: EMPTY_PROGRESS_BYTES + artifactsJson.length,
    answered: (verdict) => progressAnswered(attempt, verdict),
  });
}

function progressAnswered(attempt: Attempt, verdict: ReportVerdict): 'done' | 'again' {
  switch (verdict) {
    case ReportVerdict.LATER:
      return attempt.ended ? 'done' : 'again';
    case ReportVerdict.CANCELLED:
      attempt.stop('cancelled');
      return 'done';
    case ReportVerdict.ENDED:
    case ReportVerdict.HELD:
      attempt.stop('not-granted');
      return 'done';
    default:
      return 'done';
  }
}
