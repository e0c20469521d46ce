import type { Attempt } from './attempt.js';
import type { Execution } from './execution.js';
import type { Runtime, RuntimeResult } from '../runtimes/runtime.js';
import { reportResult } from './report-result.js';

/** startAttempt hands an attempt to its runtime and reports whatever becomes of it. */
export function startAttempt(execution: Execution, attempt: Attempt): void {
  const { clock } = execution;
  attempt.begin(clock.monotonic(), clock.now());
  if (attempt.claim === 'granted') announce(execution, attempt);
  start(attempt).then(
    (result) => reportResult(execution, attempt, result),
    (error: unknown) => reportResult(execution, attempt, broken(attempt.runtime, error)),
  );
}

/** announce opens the log of an attempt that lasts: readers find it before the step itself has said anything. */
export function announce({ executorId }: Execution, attempt: Attempt): void {
  attempt.log('system', `attempt ${attempt.attemptId} runs on executor ${executorId}\n`);
}

function start(attempt: Attempt): Promise<RuntimeResult> {
  try {
    return attempt.runtime.start(attempt.task, attempt);
  } catch (error) {
    return Promise.resolve(broken(attempt.runtime, error));
  }
}

function broken(runtime: Runtime, error: unknown): RuntimeResult {
  const reason = error instanceof Error ? error.message : String(error);
  return { outcome: 'PLATFORM_ERROR', message: `the ${runtime.type} runtime failed: ${reason}` };
}
