import { array, assert, constantFrom, property } from 'fast-check';
import { createColors } from 'picocolors';
import { diffLines } from './lines.js';
import { compareTexts } from './unified.js';

const lines = array(constantFrom('a', 'b', 'c'), { maxLength: 12 });

/** The length of the longest common subsequence, by the plainest algorithm there is. */
function common(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const rows = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++)
      rows[i]![j] = a[i - 1] === b[j - 1] ? rows[i - 1]![j - 1]! + 1 : Math.max(rows[i - 1]![j]!, rows[i]![j - 1]!);
  return rows[a.length]![b.length]!;
}

describe('the difference of two texts', () => {
  it('gives both texts again and keeps as many lines as can be kept', () => {
    assert(
      property(lines, lines, (before, after) => {
        const diff = diffLines(before, after);
        const of = (...kinds: string[]) => diff.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => text);
        expect(of(' ', '-')).toEqual(before);
        expect(of(' ', '+')).toEqual(after);
        expect(of(' ')).toHaveLength(common(before, after));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is a replacement when next to nothing is the same', () => {
    const many = (name: string) => Array.from({ length: 3_000 }, (_, index) => `${name}${index}`);
    expect(diffLines(many('a'), many('b'))).toHaveLength(6_000);
  });

  it('is shown with the lines around it', () => {
    const before = 'a\nb\nc\nd\ne\nf\ng\nh';
    const { text, added, removed } = compareTexts(before, before.replace('f', 'F'), createColors(false));
    expect(text).toBe('  … 2 unchanged lines\n  c\n  d\n  e\n- f\n+ F\n  g\n  h\n');
    expect([added, removed]).toEqual([1, 1]);
  });

  it('is empty for equal texts', () => {
    expect(compareTexts('a\nb', 'a\nb', createColors(false)).text).toBe('');
  });
});
