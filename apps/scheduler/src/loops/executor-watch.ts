import type { Millis } from '@maestro/domain';
import type { Input } from '../commit/input.js';
import type { ExecutorLeases } from '../ports/executor-leases.js';
import type { AttemptRow } from '../rows/batch-rows.js';

export interface ExecutorWatchDeps {
  readonly leases: ExecutorLeases;
  now(): Millis;
  submit(input: Input): void;
}

/** watchExecutors makes the runs know that an executor is gone; it is forgotten once it holds nothing any more. */
export async function watchExecutors(deps: ExecutorWatchDeps): Promise<void> {
  for (const { executorId, claims } of await deps.leases.expired()) {
    await Promise.all(claims.map((claim) => reportLost(deps, executorId, claim)));
    await deps.leases.forget(executorId);
  }
}

/** reportLost resolves once the loss of one attempt is committed. */
export function reportLost(deps: ExecutorWatchDeps, executorId: string, claim: AttemptRow): Promise<void> {
  const { runKey, ordinal, attempt, dispatch } = claim;
  return new Promise((resolve, reject) => {
    deps.submit({
      kind: 'event',
      runKey,
      event: { type: 'executor-lost', at: deps.now(), ordinal, attempt, dispatch, executorId },
      settle: () => resolve(),
      fail: reject,
    });
  });
}
