import { errorOf, run, value } from '../../testing/run.js';

describe('String makes texts', () => {
  it.each([
    ['new String()', ''],
    ["new String('foo')", 'foo'],
    ['new String(12)', '12'],
    ['String.valueOf(true)', 'true'],
    ['String.valueOf(1.0)', '1.0'],
    ['String.valueOf(null)', 'null'],
    ['String.valueOf(9223372036854775807)', '9223372036854775807'],
    ['String.valueOf(new long[]{1, 2})', '[1,2]'],
    ["String.join('-', 'a', 'b')", 'a-b'],
    ["String.join('-', new String[]{'a', 'b'})", 'a-b'],
    ["String.join('-', new String[2])", 'null-null'],
    ["String.join(', ', new long[]{1, 2})", '1, 2'],
    ["String.join('-')", ''],
    ["'abc'.join(',', 'ab', 'c')", 'ab,c'],
    ['"a\\"b\\\\c\\n\'d".escape()', 'a\\"b\\\\c\\n\'d'],
    ["String.escape('\\t\\b\\r\\f')", '\\t\\b\\r\\f'],
    ["'x'.escape('{\"bar\"}')", '{\\"bar\\"}'],
    ["'x'.toString()", 'x'],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it.each([
    ['new String(123.2)', 'type'],
    ["new String('foo', 'bar')", 'method'],
    ["String.join(',', 'a', 1)", 'type'],
    ["String.join(1, 'a')", 'type'],
    ["'a'.escape('b', 'c')", 'method'],
    ['String.escape(1)', 'type'],
  ])('%s is an error of kind %s', (text, kind) => {
    expect(errorOf(text).kind).toBe(kind);
  });

  it('join pays for the whole text before it makes it', () => {
    const values = { text: 'x'.repeat(100_000), parts: Array.from({ length: 20_000 }, () => '') };
    expect(errorOf('String.join(text, parts)', { values }).kind).toBe('limit');
    const fewer = { ...values, parts: values.parts.slice(0, 900) };
    expect(run('String.join(text, parts)', { values: fewer })).toEqual({ kind: 'exhausted', limit: 'memory' });
  });
});
