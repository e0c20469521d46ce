import type { StopReason } from './attempt.js';
import type { Execution } from './execution.js';

/** stopAll stops everything that runs here; each attempt reports its end as the reason says. */
export function stopAll({ attempts }: Execution, reason: StopReason): void {
  for (const attempt of attempts.all()) attempt.stop(reason);
}
