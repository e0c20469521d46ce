import { BreakpointBook } from './breakpoint-book.js';
import type { StoredBreakpoint } from '../ports/breakpoint-store.js';

const at = (workflowKey: bigint, stepId: string): StoredBreakpoint => ({
  workflowKey,
  stepId,
  createdBy: 'ann',
  createTime: 5,
});

test('breakpoints are known by their workflow after they were read', async () => {
  const book = new BreakpointBook(() => Promise.resolve([at(1n, 'a'), at(1n, 'b'), at(2n, 'a')]));
  expect(book.of(1n)).toEqual([]);
  await book.reload();
  expect([1n, 2n, 3n].map((key) => book.of(key).map(({ stepId }) => stepId))).toEqual([['a', 'b'], ['a'], []]);
});

test('who asks while a read is under way waits for a further one, that serves all who ask meanwhile', async () => {
  const reads: ((all: StoredBreakpoint[]) => void)[] = [];
  const book = new BreakpointBook(() => new Promise((resolve) => reads.push(resolve)));
  const first = book.reload();
  const later = Promise.all([book.reload(), book.reload()]);
  reads[0]?.([]);
  await first;
  await Promise.resolve();
  expect(reads).toHaveLength(2);
  reads[1]?.([at(1n, 'a')]);
  await later;
  expect(book.of(1n)).toHaveLength(1);
});

test('a read that fails is told to who asked, and the next one is made', async () => {
  const reads = [Promise.reject(new Error('away')), Promise.resolve([at(1n, 'a')])];
  const book = new BreakpointBook(() => reads.shift() ?? Promise.resolve([]));
  const failing = book.reload();
  const later = book.reload();
  await expect(failing).rejects.toThrow('away');
  await later;
  expect(book.of(1n)).toHaveLength(1);
});
