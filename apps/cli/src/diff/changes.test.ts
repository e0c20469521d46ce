import { changesOf } from './changes.js';

const step = (id: string, script: string) => ({ step: { id, type: 'Shell', params: { script } } });

describe('what changed between two versions', () => {
  it('is named by path, steps by id', () => {
    const before = { timeout: '1h', steps: [step('a', 'x'), step('b', 'x')] };
    const after = { steps: [step('new', 'x'), step('b', 'y'), step('a', 'x')], name: 'n' };
    expect(changesOf(before, after)).toEqual([
      { kind: 'removed', path: 'timeout' },
      { kind: 'changed', path: 'steps.b.params.script' },
      { kind: 'added', path: 'steps.new' },
      { kind: 'added', path: 'name' },
    ]);
  });

  it('is nothing when whole numbers are equal beyond what a double holds, and something when not', () => {
    expect(changesOf({ n: 9007199254740993n }, { n: 9007199254740993n })).toEqual([]);
    expect(changesOf({ n: 9007199254740993n }, { n: 9007199254740992n })).toHaveLength(1);
  });
});
