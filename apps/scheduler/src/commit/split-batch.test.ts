import type { Batch } from './batch.js';
import type { QueueInput } from './input.js';
import { splitBatch } from './split-batch.js';
import type { RunWork, StartWork } from './work.js';

const batch = (runs: number, starts: number, acts: number): Batch => ({
  id: 0n,
  at: 1,
  runs: Array.from({ length: runs }, (_, index) => ({ runKey: BigInt(index) }) as RunWork),
  starts: Array.from({ length: starts }, (_, index) => ({ runKey: BigInt(100 + index) }) as StartWork),
  queueActs: Array.from({ length: acts }, (_, index) => ({ workflowKey: BigInt(index) }) as QueueInput),
});

describe('splitting a batch', () => {
  it.each([
    [2, 0, 0],
    [1, 1, 0],
    [3, 4, 2],
    [0, 5, 0],
    [0, 0, 3],
  ])('keeps every one of %d runs, %d starts and %d acts in exactly one half', (runs, starts, acts) => {
    let ids = 0n;
    const whole = batch(runs, starts, acts);
    const halves = splitBatch(whole, () => (ids += 1n));
    expect(halves).toBeDefined();
    const [left, right] = halves ?? [whole, whole];
    expect([...left.runs, ...right.runs]).toEqual(whole.runs);
    expect([...left.starts, ...right.starts]).toEqual(whole.starts);
    expect([...left.queueActs, ...right.queueActs]).toEqual(whole.queueActs);
    expect(left.id).not.toBe(right.id);
    for (const half of [left, right])
      expect(half.runs.length + half.starts.length + half.queueActs.length).toBeGreaterThan(0);
  });

  it('cannot split a single thing', () => {
    expect(splitBatch(batch(1, 0, 0), () => 1n)).toBeUndefined();
  });
});
