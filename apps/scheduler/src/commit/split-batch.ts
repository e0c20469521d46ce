import type { Batch } from './batch.js';

/** splitBatch halves a batch, to find what is at fault in it; undefined when it holds one thing only. */
export function splitBatch(batch: Batch, newBatchId: () => bigint): readonly [Batch, Batch] | undefined {
  const total = batch.runs.length + batch.starts.length + batch.queueActs.length;
  if (total <= 1) return undefined;
  const half = Math.ceil(total / 2);
  const [firstRuns, restRuns] = cut(batch.runs, half);
  const [firstStarts, restStarts] = cut(batch.starts, half - firstRuns.length);
  const [firstActs, restActs] = cut(batch.queueActs, half - firstRuns.length - firstStarts.length);
  return [
    { ...batch, id: newBatchId(), runs: firstRuns, starts: firstStarts, queueActs: firstActs },
    { ...batch, id: newBatchId(), runs: restRuns, starts: restStarts, queueActs: restActs },
  ];
}

function cut<T>(items: readonly T[], count: number): readonly [readonly T[], readonly T[]] {
  const at = Math.max(0, count);
  return [items.slice(0, at), items.slice(at)];
}
