import { AttemptOutcome, ReportVerdict } from '@maestro/proto/maestro/scheduler/v1/attempt';
import type { RuntimeOutcome, RuntimeResult } from '../runtimes/runtime.js';
import type { Attempt, StopReason } from './attempt.js';
import { releasedReport, resultReport, type ResultContent } from './attempt-reports.js';
import type { Execution } from './execution.js';
import { withinSize } from './result-size.js';

type Ending = Omit<ResultContent, 'endedAt'>;
/** What is to be done once the result is taken. */
type Leftovers = Pick<RuntimeResult, 'settled'>;
type TrueEnd = Exclude<RuntimeOutcome, 'STOPPED' | 'PUT_BACK'>;

const OUTCOMES: Readonly<Record<TrueEnd, AttemptOutcome>> = {
  DONE: AttemptOutcome.DONE,
  USER_ERROR: AttemptOutcome.USER_ERROR,
  PLATFORM_ERROR: AttemptOutcome.PLATFORM_ERROR,
  FATAL_ERROR: AttemptOutcome.FATAL_ERROR,
  TIMED_OUT: AttemptOutcome.TIMED_OUT,
};

/** What is reported of an attempt that was stopped. */
const STOPPED: Readonly<Record<Exclude<StopReason, 'not-granted'>, Ending>> = {
  cancelled: { outcome: AttemptOutcome.CANCELLED, message: 'cancelled' },
  'timed-out': { outcome: AttemptOutcome.TIMED_OUT, message: 'the step ran into its timeout and was stopped' },
  'lease-lost': {
    outcome: AttemptOutcome.PLATFORM_ERROR,
    message: 'stopped because the executor could not reach the scheduler for too long',
  },
  drained: { outcome: AttemptOutcome.PLATFORM_ERROR, message: 'executor drained' },
};

const EMPTY_RESULT_BYTES = 64;

/** reportResult ends an attempt here: its slot is free at once, it stays known until the scheduler has answered. */
export function reportResult(execution: Execution, attempt: Attempt, result: RuntimeResult): void {
  attempt.running = false;
  if (result.outcome === 'STOPPED') reportStopped(execution, attempt, result);
  else if (result.outcome === 'PUT_BACK') putBack(execution, attempt, result);
  else send(execution, attempt, ended(withinSize(result)), result);
}

/** How long an attempt that could not begin here rests on the queue. */
const PUT_BACK_MS = 500;

/** Once a claim was asked for, the scheduler may count on this executor: then only a report ends the attempt. */
function putBack(execution: Execution, attempt: Attempt, { message = '' }: RuntimeResult): void {
  if (attempt.claim !== 'none' || attempt.stopReason !== undefined) {
    send(execution, attempt, attempt.stopReason === undefined ? notBegun(message) : stopped(attempt));
    return;
  }
  attempt.delivery.retryAfter(PUT_BACK_MS);
  attempt.span?.end('put back');
  execution.attempts.remove(attempt);
}

function notBegun(message: string): Ending {
  return { outcome: AttemptOutcome.PLATFORM_ERROR, message: `it could not begin: ${message}` };
}

/** reportCancelled ends an attempt of which nothing runs. */
export function reportCancelled(execution: Execution, attempt: Attempt): void {
  send(execution, attempt, STOPPED.cancelled);
}

/** reportStopped ends an attempt that was told to stop. */
export function reportStopped(execution: Execution, attempt: Attempt, leftovers: Leftovers = {}): void {
  if (attempt.stopReason === 'not-granted') dropAttempt(execution, attempt);
  else if (attempt.letGo) release(execution, attempt);
  else send(execution, attempt, stopped(attempt), leftovers);
}

/** What it runs goes on: whoever it is handed to next takes it over, and goes on with its log. */
function release(execution: Execution, attempt: Attempt): void {
  const { attempts, reports } = execution;
  attempts.end(attempt);
  attempt.span?.end('let go');
  reports.add({
    report: releasedReport(attempt),
    bytes: EMPTY_RESULT_BYTES,
    answered: (verdict) => {
      if (verdict === ReportVerdict.LATER) return 'again';
      attempt.delivery.ack();
      attempts.remove(attempt);
      return 'done';
    },
  });
}

/** Somebody else runs it, or nobody should: nothing to report, and its log is not ended here. */
function dropAttempt({ attempts }: Execution, attempt: Attempt): void {
  attempt.delivery.ack();
  attempt.span?.end('not granted');
  attempts.remove(attempt);
}

function ended({ outcome, outputParamsJson, artifactsJson, message }: RuntimeResult): Ending {
  return {
    outcome: OUTCOMES[outcome as TrueEnd],
    ...(outputParamsJson === undefined ? {} : { outputParamsJson }),
    ...(artifactsJson === undefined ? {} : { artifactsJson }),
    ...(message === undefined ? {} : { message }),
  };
}

function stopped({ stopReason }: Attempt): Ending {
  if (stopReason === undefined || stopReason === 'not-granted') {
    return { outcome: AttemptOutcome.PLATFORM_ERROR, message: 'the runtime stopped without being asked to' };
  }
  return STOPPED[stopReason];
}

function send(execution: Execution, attempt: Attempt, ending: Ending, leftovers: Leftovers = {}): void {
  const { attempts, clock, observer, reports } = execution;
  attempts.end(attempt);
  observer.attemptEnded(attempt.task.stepType, AttemptOutcome[ending.outcome]);
  attempt.span?.end(ending.outcome === AttemptOutcome.DONE ? undefined : (ending.message ?? ''));
  attempt.closeLog();
  reports.add({
    report: resultReport(attempt, { ...ending, endedAt: clock.now() }),
    bytes: sizeOf(ending),
    answered: (verdict) => resultAnswered(execution, attempt, { ending, leftovers }, verdict),
  });
}

function resultAnswered(
  execution: Execution,
  attempt: Attempt,
  { ending, leftovers }: { readonly ending: Ending; readonly leftovers: Leftovers },
  verdict: ReportVerdict,
): 'done' | 'again' {
  if (verdict === ReportVerdict.LATER) return 'again';
  if (verdict === ReportVerdict.CANCELLED && ending.outcome !== AttemptOutcome.CANCELLED) {
    confirmCancel(execution, attempt, leftovers);
    return 'done';
  }
  // Of an attempt that somebody else has by now nothing is removed here.
  if (verdict === ReportVerdict.ACCEPTED) void leftovers.settled?.();
  attempt.delivery.ack();
  execution.attempts.remove(attempt);
  return 'done';
}

/** The scheduler does not want the result any more, only to know that nothing runs. */
function confirmCancel(execution: Execution, attempt: Attempt, leftovers: Leftovers): void {
  const ending = STOPPED.cancelled;
  execution.reports.add({
    report: resultReport(attempt, { ...ending, endedAt: execution.clock.now() }),
    bytes: EMPTY_RESULT_BYTES,
    answered: (verdict) => resultAnswered(execution, attempt, { ending, leftovers }, verdict),
  });
}

function sizeOf({ outputParamsJson, artifactsJson, message }: Ending): number {
  const texts = (outputParamsJson?.length ?? 0) + (artifactsJson?.length ?? 0) + (message?.length ?? 0);
  return EMPTY_RESULT_BYTES + texts;
}
