import { parseStat, withDescendants } from './process-tree.js';

const LINE = '42 (a b) c) S 7 42 42 0 -1 4194304 100 200 0 0 11 22 33 44 20 0 1 0 5 1000 10';

describe('process tree', () => {
  it('adds the CPU time of a process and of its ended children', () => {
    expect(parseStat(LINE)).toEqual({ pid: 42, parent: 7, name: 'a b) c', ticks: 11 + 22 + 33 + 44 });
  });

  it('finds grandchildren and leaves strangers out', () => {
    const facts = (pid: number, parent: number) => ({ pid, parent, name: 'x', ticks: 0 });
    const all = [facts(1, 0), facts(2, 1), facts(3, 2), facts(4, 9), facts(9, 1)];
    expect(withDescendants(2, all).map(({ pid }) => pid)).toEqual([2, 3]);
    expect(withDescendants(1, all).map(({ pid }) => pid)).toEqual([1, 2, 3, 9, 4]);
  });
});
