import { errorOf, value } from '../testing/run.js';

describe('Math', () => {
  it.each([
    ['Math.min(1, 2)', 1n],
    ['Math.max(1, 2)', 2n],
    ['Math.min(9223372036854775807, 9223372036854775806)', 9223372036854775806n],
    ['Math.min(1.0, 2)', 1],
    ['Math.max(1.5, 1)', 1.5],
    ['Math.pow(3, 2)', 9],
    ['Math.pow(2.0, 0.5)', Math.SQRT2],
    ['Math.abs(-5)', 5n],
    ['Math.abs(-2.5)', 2.5],
    ['Math.abs(Long.MIN_VALUE)', -9223372036854775808n],
    ['Math.floor(-1.5)', -2],
    ['Math.ceil(1.2)', 2],
    ['Math.floor(7)', 7],
    ['Math.round(2.5)', 3n],
    ['Math.round(-2.5)', -2n],
    ['Math.round(0.49999999999999994)', 0n],
    ['Math.round(4503599627370497.5)', 4503599627370498n],
    ['Math.round(1e19)', 9223372036854775807n],
    ['Math.round(0.0 / 0.0)', 0n],
    ['Math.round(7)', 7n],
    ['Math.floorDiv(-7, 3)', -3n],
    ['Math.floorMod(-7, 3)', 2n],
    ['Math.floorMod(7, -3)', -2n],
    ['Math.floorDiv(Long.MIN_VALUE, -1)', -9223372036854775808n],
    ['Math.floor(Math.PI)', 3],
    ['Math.floor(Math.E)', 2],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it('random numbers come from the environment', () => {
    const first = value('Math.random()');
    expect(first).toBeGreaterThanOrEqual(0);
    expect(first).toBeLessThan(1);
    expect(value('Math.random()')).toBe(first);
    expect(value('Math.random() == Math.random()')).toBe(false);
  });

  it.each([
    ['Math.min(null, null)', 'type'],
    ["Math.min(1, '2')", 'type'],
    ["Math.abs('1')", 'type'],
    ['Math.round(true)', 'type'],
    ['Math.floorMod(1, 0)', 'arithmetic'],
    ['Math.floorMod(1.5, 1)', 'type'],
    ['Math.sqrt(2.0)', 'method'],
    ['Math.invalid()', 'method'],
  ])('%s is an error of kind %s', (text, kind) => {
    expect(errorOf(text).kind).toBe(kind);
  });
});
