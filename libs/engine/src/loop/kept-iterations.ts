import type { JsonObject } from '@maestro/domain';
import type { StepState } from '../state.js';

/** Ranges are indexes from .. to, both included; ascending, apart from each other. */
export type Ranges = readonly (readonly [from: number, to: number])[];

/** KEPT_ITERATIONS is the artifact where a loop that restarts keeps which iterations do not run again: written once, as artifacts are written only when they change. */
export const KEPT_ITERATIONS = 'maestro_kept_iterations';

/** withKept notes which iterations of a loop do not run again. */
export function withKept(artifacts: JsonObject | undefined, kept: Ranges): JsonObject | undefined {
  return kept.length === 0 ? artifacts : { ...artifacts, [KEPT_ITERATIONS]: kept.map(([from, to]) => [from, to]) };
}

/** nextIndex is the first index at or after `from` that is to run. Its cost is the logarithm of the number of ranges. */
export function nextIndex({ artifacts }: Pick<StepState, 'artifacts'>, from: number): number {
  const kept = (artifacts?.[KEPT_ITERATIONS] ?? []) as unknown as Ranges;
  let [low, high] = [0, kept.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((kept[middle]?.[1] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  const range = kept[low];
  return range !== undefined && range[0] <= from ? range[1] + 1 : from;
}
