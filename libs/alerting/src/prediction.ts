import type { Millis } from '@maestro/domain';

/** So many successes are remembered of a workflow and of each of its steps. */
export const REMEMBERED_DURATIONS = 30;
/** Fewer say nothing of the next one. */
export const FEWEST_DURATIONS = 3;
const PART = 0.9;

/** usualDuration is what nine of ten successes did not exceed; undefined while too few are known. */
export function usualDuration(durations: readonly Millis[]): Millis | undefined {
  if (durations.length < FEWEST_DURATIONS) return undefined;
  const sorted = [...durations].sort((a, b) => a - b);
  return sorted[Math.ceil(PART * sorted.length) - 1];
}
