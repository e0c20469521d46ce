import { errorOf, value } from '../testing/run.js';
import { longFromDouble } from './double.js';

describe('DOUBLE', () => {
  it.each([
    ["new Double('1.5')", 1.5],
    ['new Double(2.5)', 2.5],
    ["Double.valueOf('12.3')", 12.3],
    ["Double.valueOf(' -1.5e-3d ')", -0.0015],
    ["Double.parseDouble('.5')", 0.5],
    ["Double.parseDouble('5.')", 5],
    ["Float.parseFloat('2.5f')", 2.5],
    ["Double.valueOf('-Infinity')", -Infinity],
    ["Double.valueOf('1e400')", Infinity],
    ['Double.toString(2.2)', '2.2'],
    ['Double.toString(1e7)', '1.0E7'],
    ['a = 1.9; a.toString();', '1.9'],
    ['a = 1.9; a.intValue();', 1n],
    ['a = -1.9; a.longValue();', -1n],
    ['a = 1e19; a.longValue();', 9223372036854775807n],
    ['a = 1.5; a.doubleValue();', 1.5],
    ["Double.valueOf('NaN').isNaN()", true],
    ['Double.isNaN(1.0)', false],
    ['(1.0 / 0).isInfinite()', true],
    ['Double.compare(-0.0, 0.0)', -1n],
    ['a = 1.5; a.compareTo(1.5);', 0n],
    ['a = 1.5; a.equals(1.5);', true],
    ['Double.NaN.equals(Double.NaN)', true],
    ['Double.MAX_VALUE > 1e308', true],
    ['Double.MIN_VALUE > 0', true],
    ['Double.POSITIVE_INFINITY + Double.NEGATIVE_INFINITY == 0', false],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it.each([
    ["Double.valueOf('foo')", 'value'],
    ["Double.valueOf('')", 'value'],
    ["Double.valueOf('1e')", 'value'],
    ["Double.valueOf('0x10')", 'value'],
    ['Double.valueOf(5)', 'type'],
    ['new Double(5)', 'type'],
    ['Double.parseDouble(1.5)', 'type'],
    ['Double.toString(2)', 'type'],
    ['Double.parse(1)', 'method'],
  ])('%s is an error of kind %s', (text, kind) => {
    expect(errorOf(text).kind).toBe(kind);
  });

  it('reads long texts in linear time', () => {
    const started = performance.now();
    expect(errorOf('Double.valueOf(text)', { values: { text: `${'1'.repeat(500_000)}x` } }).kind).toBe('value');
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('longFromDouble is the cast of Java', () => {
  it.each([
    [1.9, 1n],
    [-1.9, -1n],
    [NaN, 0n],
    [Infinity, 9223372036854775807n],
    [-Infinity, -9223372036854775808n],
    [-(2 ** 63), -9223372036854775808n],
  ])('%d', (double, expected) => {
    expect(longFromDouble(double)).toBe(expected);
  });
});
