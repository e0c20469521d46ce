import { ReportVerdict } from '@maestro/proto/maestro/scheduler/v1/attempt';
import { outlivesExecutor } from '../runtimes/runtime.js';
import type { Attempt } from './attempt.js';
import { claimReport } from './attempt-reports.js';
import type { Execution } from './execution.js';
import { reportCancelled, reportStopped } from './report-result.js';
import { startAttempt } from './start-attempt.js';

const CLAIM_BYTES = 48;
/** How long a task rests on the queue when the scheduler cannot decide yet whether it may run again. */
const LATER_MS = 500;

/**
 * claimAttempt asks the scheduler for the right to run an attempt: before it begins, or (when it runs already) to go on
 * for longer than an instant.
 */
export function claimAttempt(execution: Execution, attempt: Attempt): void {
  attempt.claim = 'asked';
  attempt.claimAskedAt = execution.clock.monotonic();
  execution.reports.add({
    report: claimReport(attempt),
    bytes: CLAIM_BYTES,
    answered: (verdict) => claimAnswered(execution, attempt, verdict),
  });
}

function claimAnswered(execution: Execution, attempt: Attempt, verdict: ReportVerdict): 'done' | 'again' {
  execution.observer.claimAnswered(execution.clock.monotonic() - attempt.claimAskedAt);
  // Its result is on its way and carries the ack.
  if (attempt.ended) return 'done';
  if (attempt.running) return answeredWhileRunning(attempt, verdict);
  answeredBeforeStart(execution, attempt, verdict);
  return 'done';
}

function answeredWhileRunning(attempt: Attempt, verdict: ReportVerdict): 'done' | 'again' {
  switch (verdict) {
    case ReportVerdict.ACCEPTED:
      grant(attempt);
      return 'done';
    case ReportVerdict.CANCELLED:
      attempt.stop('cancelled');
      return 'done';
    case ReportVerdict.ENDED:
    case ReportVerdict.HELD:
      attempt.stop('not-granted');
      return 'done';
    default:
      return 'again';
  }
}

function answeredBeforeStart(execution: Execution, attempt: Attempt, verdict: ReportVerdict): void {
  switch (verdict) {
    case ReportVerdict.ACCEPTED:
      grant(attempt);
      if (attempt.stopReason === undefined) startAttempt(execution, attempt);
      else reportStopped(execution, attempt);
      return;
    case ReportVerdict.CANCELLED:
      cancelledBeforeStart(execution, attempt);
      return;
    case ReportVerdict.ENDED:
    case ReportVerdict.HELD:
      attempt.delivery.ack();
      break;
    default:
      attempt.delivery.retryAfter(LATER_MS);
  }
  execution.attempts.remove(attempt);
}

/** An earlier dispatch may have left something that runs: the runtime ends it. */
function cancelledBeforeStart(execution: Execution, attempt: Attempt): void {
  if (!mayBeLeft(attempt)) {
    reportCancelled(execution, attempt);
    return;
  }
  grant(attempt);
  attempt.stop('cancelled');
  startAttempt(execution, attempt);
}

/** mayBeLeft: an earlier dispatch of the attempt may have begun what goes on without its executor. */
export function mayBeLeft({ runtime, task }: Attempt): boolean {
  return task.dispatch > 1 && outlivesExecutor(runtime, task);
}

function grant(attempt: Attempt): void {
  attempt.claim = 'granted';
  attempt.delivery.ack();
}
