import { PRESETS } from '../../runtime/limits.js';
import { errorOf, run, value } from '../../testing/run.js';

/** Expected texts are those of java.util.Formatter of JDK 17. */
describe('String.format writes as Java does', () => {
  it.each([
    ['%s-%s', "'ab', 'c'", 'ab-c'],
    ['%5s|%-5s|', "'ab', 'c'", '   ab|c    |'],
    ['%.2s %S', "'abc', 'straße'", 'ab STRASSE'],
    ['%2$s %1$s %<s %s', "'a', 'b'", 'b a a a'],
    ['100%% %n', '', '100% \n'],
    ['%b %b %B', "null, 'x', false", 'false true FALSE'],
    ['%s %d %x', 'null, null, null', 'null null null'],
    ['%c%c', '65, 128512', 'A😀'],
  ])('%s of %s', (format, args, expected) => {
    expect(value(`String.format('${format}'${args === '' ? '' : `, ${args}`})`)).toBe(expected);
  });

  it.each([
    ['%d', '-3000000000', '-3000000000'],
    ['%08d', '-42', '-0000042'],
    ['%,d', '1234567', '1,234,567'],
    ['%+d % d', '5, 5', '+5  5'],
    ['%(,09d', '-1234', '(001,234)'],
    ['%x %X %#x', '255, 255, 255', 'ff FF 0xff'],
    ['%x', '-1', 'ffffffffffffffff'],
    ['%#o %06o', '8, 8', '010 000010'],
    ['%d', '-9223372036854775807 - 1', '-9223372036854775808'],
  ])('%s of LONG %s', (format, args, expected) => {
    expect(value(`String.format('${format}', ${args})`)).toBe(expected);
  });

  it.each([
    ['%5.2f', '1.005', ' 1.01'],
    ['%.0f %.0f', '0.5, 2.5', '1 3'],
    ['%f', '1e10', '10000000000.000000'],
    ['%,.1f', '1234567.25', '1,234,567.3'],
    ['%e %.1E', '123456.789, 0.00099999', '1.234568e+05 1.0E-03'],
    ['%g %g %g', '0.0001, 123456789.0, 0.0', '0.000100000 1.23457e+08 0.00000'],
    ['%.3g', '99999.95', '1.00e+05'],
    ['%#.0f %(.1f', '3.0, -2.25', '3. (2.3)'],
    ['%08.2f', '-3.14159', '-0003.14'],
    ['%010f', '1.0/0', '  Infinity'],
    ['%+f %E', '1.0/0, -1.0/0', '+Infinity -INFINITY'],
    ['%.1f', '-0.04', '-0.0'],
  ])('%s of DOUBLE %s', (format, args, expected) => {
    expect(value(`String.format('${format}', ${args})`)).toBe(expected);
  });

  it('takes its arguments from a single array', () => {
    expect(value("String.format('%s+%s', new String[]{'a', 'b'})")).toBe('a+b');
    expect(value("String.format('%d of %s', 1, new long[]{7, 8})")).toBe('1 of [7,8]');
  });
});

describe('String.format refuses', () => {
  it.each([
    ["'%d', 1.5", 'type', 'format directive `%d` needs a LONG, not DOUBLE'],
    ["'%.2f', 1", 'type', 'format directive `%.2f` needs a DOUBLE, not LONG'],
    ["'%c', 'a'", 'type', 'needs a LONG, the number of a character'],
    ["'%c', 1114112", 'value', '1114112 is no character'],
    ["'%s %s', 'a'", 'value', 'format directive `%s` has no argument: 1 argument(s) given'],
    ["'%q', 1", 'value', 'no such conversion'],
    ["'%tY', 1", 'value', 'DateTime.toString(pattern)'],
    ["'50%', 1", 'value', 'write %% for a percent sign'],
    ["'%-d', 1", 'value', 'the width is missing'],
    ["'%-05d', 1", 'value', 'exclude each other'],
    ["'%++d', 1", 'value', "the flag '+' stands there twice"],
    ["'%#s', 1", 'value', "the flag '#' does not go with %s"],
    ["'%.2d', 1", 'value', '%d takes no precision'],
    ["'%0$s', 1", 'value', 'numbered from 1'],
    ["'%.f', 1.0", 'value', 'digits must follow the point'],
    ['1', 'type', 'must be a STRING'],
  ])('%s', (args, kind, message) => {
    const error = errorOf(`String.format(${args})`);
    expect(error).toMatchObject({ kind, message: expect.stringContaining(message) as string });
  });
});

describe('String.format under attack', () => {
  it.each([
    "String.format('%1000000000d', 1)",
    "String.format('%-2000000000s', 'a')",
    "String.format('%.1000000000f', 1.5)",
    "String.format('%.1000000000e', 1.5)",
  ])('%s never makes the text', (text) => {
    expect(errorOf(text).kind).toBe('limit');
  });

  it('charges many small directives like one large', () => {
    const format = '%1$1000s'.repeat(5_000);
    const outcome = run('String.format(format, 1)', { values: { format }, limits: PRESETS.IN_PLACE });
    expect(outcome.kind).toBe('exhausted');
  });

  it('reads endless digits and flags in linear time', () => {
    const started = performance.now();
    for (const format of [`%${'0'.repeat(500_000)}`, `%${'1'.repeat(500_000)}`, `%.${'1'.repeat(500_000)}f`]) {
      expect(run('String.format(format, 1)', { values: { format } }).kind).not.toBe('value');
    }
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
