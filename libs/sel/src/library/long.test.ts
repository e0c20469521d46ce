import { errorOf, value } from '../testing/run.js';

describe('LONG', () => {
  it.each([
    ["new Long('5')", 5n],
    ["new Integer('+5')", 5n],
    ['new Long(7)', 7n],
    ["Long.valueOf('-9223372036854775808')", -9223372036854775808n],
    ["Integer.valueOf('3000000000')", 3000000000n],
    ["Long.parseLong('007')", 7n],
    ["Integer.parseInt('-12')", -12n],
    ['Long.toString(5)', '5'],
    ['a = 12; a.toString();', '12'],
    ['a = 12; a.toString(3);', '3'],
    ['a = 1; a.intValue();', 1n],
    ['a = 3000000000; a.intValue();', 3000000000n],
    ['a = 1; a.longValue();', 1n],
    ['a = 1; a.doubleValue();', 1],
    ['a = 1; a.equals(1);', true],
    ["a = 1; a.equals('1');", false],
    ['a = 1; a.compareTo(2);', -1n],
    ['Long.compare(2, 2)', 0n],
    ['Long.MAX_VALUE + 1 == Long.MIN_VALUE', true],
    ['Integer.MAX_VALUE', 2147483647n],
    ['Integer.MIN_VALUE', -2147483648n],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it.each([
    ["Long.valueOf('foo')", 'value', "valueOf(): 'foo' is no integer of 64 bits"],
    ["Long.valueOf('9223372036854775808')", 'value', 'is no integer of 64 bits'],
    ["Long.valueOf('')", 'value', "'' is no integer"],
    ["Long.valueOf(' 1')", 'value', 'is no integer'],
    ["Long.valueOf('1.0')", 'value', 'is no integer'],
    ['Long.valueOf(1.5)', 'type', 'must be a LONG or a STRING of digits, not DOUBLE'],
    ['Long.parseLong(1)', 'type', 'must be a STRING, not LONG'],
    ['new Long(true)', 'type', 'not BOOLEAN'],
    ['new Long(null)', 'type', 'not NULL'],
    ['Long.parse(1)', 'method', 'parse'],
  ])('%s is an error of kind %s', (text, kind, message) => {
    expect(errorOf(text)).toMatchObject({ kind, message: expect.stringContaining(message) as string });
  });

  it('does not read endless digits', () => {
    const { message } = errorOf('Long.valueOf(text)', { values: { text: '1'.repeat(500_000) } });
    expect(message.length).toBeLessThan(100);
  });
});
