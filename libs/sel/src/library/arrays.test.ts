import { errorOf, value } from '../testing/run.js';

describe('Arrays', () => {
  it.each([
    ['Arrays.sum(new long[]{1, 2, 3})', 6n],
    ['Arrays.sum(new long[]{})', 0n],
    ['Arrays.sum(new long[]{9223372036854775807, 1})', -9223372036854775808n],
    ['Arrays.sum(new double[]{0.5, 1.0})', 1.5],
    ['Arrays.min(new long[]{3, 1, 2})', 1n],
    ['Arrays.max(new long[]{3, 1, 2})', 3n],
    ['Arrays.max(new double[]{0.5, 1.5})', 1.5],
    ['Arrays.asList(5)', 5n],
    ['Arrays.asList(new long[]{1, 2}).length', 2n],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it('NaN wins over every number, as in Math.min', () => {
    expect(value('Arrays.min(new double[]{1.0, 0.0 / 0.0, 2.0})')).toBeNaN();
  });

  it.each([
    ['Arrays.min(new long[]{})', 'value'],
    ["Arrays.sum(new String[]{'a'})", 'type'],
    ['Arrays.max(new boolean[]{true})', 'type'],
    ['Arrays.sum(1)', 'type'],
    ['Arrays.asList(1, 2)', 'method'],
  ])('%s is an error of kind %s', (text, kind) => {
    expect(errorOf(text).kind).toBe(kind);
  });
});
