import fc from 'fast-check';
import { errorOf, run, value } from '../../testing/run.js';

describe('methods that make texts', () => {
  it.each([
    ["'FooBar '.toUpperCase()", 'FOOBAR '],
    ["'FooBar '.toLowerCase()", 'foobar '],
    ["' \\t a b\\n'.trim()", 'a b'],
    ["'\u00a0a'.trim()", '\u00a0a'],
    ["'a b c'.substring(3)", ' c'],
    ["'a b c'.substring(1, 3)", ' b'],
    ["'abc'.substring(3)", ''],
    ["'abc'.charAt(1)", 'b'],
    ["'a'.concat('b')", 'ab'],
    ["'ab'.repeat(3)", 'ababab'],
    ["'ab'.repeat(0)", ''],
    ["''.repeat(1000000000000)", ''],
    ["'a.b.c'.replace('.', '$1')", 'a$1b$1c'],
    ["'aaa'.replace('aa', 'b')", 'ba'],
    ["'ab'.replace('', '-')", '-a-b-'],
    ["'ab'.replace('x', 'y')", 'ab'],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it.each([
    ["'abc'.substring(2, 1)", 'index'],
    ["'abc'.substring(4)", 'index'],
    ["'abc'.substring(-1)", 'index'],
    ["'abc'.charAt(3)", 'index'],
    ["'abc'.charAt(-1)", 'index'],
    ["'abc'.repeat(-1)", 'value'],
    ["'abc'.concat(1)", 'type'],
    ["'abc'.replace('a', 1)", 'type'],
    ["'abc'.substring('1')", 'type'],
  ])('%s is an error of kind %s', (text, kind) => {
    expect(errorOf(text).kind).toBe(kind);
  });

  it('says what was asked and what there is', () => {
    expect(errorOf("'abc'.substring(2, 9)").message).toBe(
      'substring() from 2 to 9 is outside of a text of 3 characters',
    );
  });
});

describe('memory is charged before a text is made', () => {
  it.each(["'ab'.repeat(1000000000000)", "'ab'.repeat(9223372036854775807)"])('%s', (text) => {
    expect(errorOf(text).kind).toBe('limit');
  });

  it.each([
    "text.replace('a', text)",
    "text.replace('', text)",
    "x = 'ab'; for (i = 0; i < 40; i += 1) { x = x.concat(x); } return x.length();",
    "x = 'ab'; for (i = 0; i < 40; i += 1) { x = x.replace('b', 'bb'); x = x + x; } return x.length();",
  ])('%s', (text) => {
    const outcome = run(text, { values: { text: 'a'.repeat(20_000) } });
    expect(outcome.kind === 'exhausted' || (outcome.kind === 'error' && outcome.error.kind === 'limit')).toBe(true);
  });
});

describe('replace', () => {
  it('does what JavaScript does with literal texts', () => {
    const small = fc.string({ unit: fc.constantFrom('a', 'b', '$', '&'), maxLength: 12 });
    const check = fc.property(small, small, small, (text, literal, by) => {
      const replaced = value('text.replace(literal, by)', { values: { text, literal, by } });
      expect(replaced).toBe(text.replaceAll(literal, () => by));
    });
    fc.assert(check);
  });

  it('joins many places in rounds', () => {
    const text = 'ab'.repeat(10_000);
    expect(value("text.replace('a', '12')", { values: { text } })).toBe('12b'.repeat(10_000));
    expect(value("text.replaceAll('a', '12')", { values: { text } })).toBe('12b'.repeat(10_000));
  });
});
