import type { Millis } from '@maestro/domain';
import type { Input } from '../commit/input.js';
import type { ExecutorLeases } from '../ports/executor-leases.js';
import type { ClaimRow } from '../rows/batch-rows.js';

export interface ExecutorWatchDeps {
  readonly leases: ExecutorLeases;
  now(): Millis;
  submit(input: Input): void;
}

/** watchExecutors makes the runs know that an executor is gone; it is forgotten once it holds nothing any more. */
export async function watchExecutors(deps: ExecutorWatchDeps): Promise<void> {
  const lost = await deps.leases.lost();
  await Promise.all(lost.map((claim) => reportLost(deps, claim)));
  await deps.leases.forget();
}

/** reportLost resolves once the loss of one attempt is committed. */
export function reportLost(deps: ExecutorWatchDeps, claim: ClaimRow): Promise<void> {
  const { runKey, ordinal, attempt, dispatch, holder } = claim;
  return new Promise((resolve, reject) => {
    deps.submit({
      kind: 'event',
      runKey,
      event: { type: 'executor-lost', at: deps.now(), ordinal, attempt, dispatch, executorId: holder },
      settle: () => resolve(),
      fail: reject,
    });
  });
}
