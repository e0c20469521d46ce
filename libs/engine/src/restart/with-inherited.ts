import type { LeafCounts, RunHeader, StepState } from '../state.js';

/** withInherited adds the steps that count as done by earlier runs: the whole of a restarted run is what it did and what it took over. */
export function withInherited(
  counts: LeafCounts,
  { restart }: Pick<RunHeader, 'restart'>,
  step: (ordinal: number) => StepState | undefined,
): LeafCounts {
  if (restart === undefined) return counts;
  const sum: { -readonly [K in keyof LeafCounts]: LeafCounts[K] } = { ...counts };
  for (const { ordinal } of restart.inherited) {
    const status = step(ordinal)?.status;
    if (status !== undefined) sum[status] = (sum[status] ?? 0) + 1;
  }
  return sum;
}
