import type { Attempt } from './attempt.js';
import { claimAttempt } from './claim-attempt.js';
import type { Execution } from './execution.js';
import { announce } from './start-attempt.js';

/** An attempt that lasts longer is claimed; a shorter one costs no claim. */
export const FAST_PATH_MS = 1_000;
/** A runner whose claim is not answered for that long must count as dead, since others may be granted the attempt. */
export const CLAIM_PATIENCE_MS = 4_000;

/**
 * watchAttempts looks once at everything that runs: what lasts is claimed, what is over its timeout or not granted in
 * time is stopped. One sweep for all instead of timers for each keeps instant steps free of them.
 */
export function watchAttempts(execution: Execution): void {
  const now = execution.clock.monotonic();
  for (const attempt of execution.attempts.all()) {
    if (attempt.running && attempt.stopReason === undefined) watch(execution, attempt, now);
  }
}

function watch(execution: Execution, attempt: Attempt, now: number): void {
  const age = now - attempt.startedAt;
  const timeout = Number(attempt.task.timeoutMillis);
  if (timeout > 0 && age >= timeout) {
    attempt.stop('timed-out');
  } else if (attempt.claim === 'none' && age >= FAST_PATH_MS) {
    claimAttempt(execution, attempt);
    announce(execution, attempt);
  } else if (attempt.claim === 'asked' && now - attempt.claimAskedAt >= CLAIM_PATIENCE_MS) {
    attempt.stop('lease-lost');
  }
}
