import type { CancelBatch } from '@maestro/proto/maestro/executor/v1/task';
import { dispatchKey } from './dispatch-key.js';
import type { Execution } from './execution.js';

/**
 * cancelAttempts stops what runs here; its end is reported as CANCELLED, or as the result it had. What is not here may
 * still be in the queue: it is remembered and not run when it comes.
 */
export function cancelAttempts({ attempts, tombstones }: Execution, { cancels }: CancelBatch): void {
  for (const cancel of cancels) {
    const key = dispatchKey(cancel);
    const attempt = attempts.find(key);
    if (attempt === undefined) tombstones.add(key);
    else attempt.stop('cancelled');
  }
}
