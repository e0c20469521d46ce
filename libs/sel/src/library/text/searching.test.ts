import { PRESETS } from '../../runtime/limits.js';
import { run, value } from '../../testing/run.js';

describe('methods that look and compare', () => {
  it.each([
    ["'FooBar '.length()", 7n],
    ["'日本'.length()", 2n],
    ["'😀'.length()", 2n],
    ["''.isEmpty()", true],
    ["'abcabc'.indexOf('b')", 1n],
    ["'abcabc'.indexOf('b', 2)", 4n],
    ["'abcabc'.indexOf('b', -5)", 1n],
    ["'abcabc'.indexOf('', 99)", 6n],
    ["'abcabc'.indexOf('x')", -1n],
    ["'abcabc'.lastIndexOf('b')", 4n],
    ["'abcabc'.lastIndexOf('b', 3)", 1n],
    ["'abcabc'.lastIndexOf('a', -1)", -1n],
    ["'abc'.contains('bc')", true],
    ["'abc'.startsWith('ab')", true],
    ["'abc'.endsWith('bc')", true],
    ["'a'.equals('a')", true],
    ["'1'.equals(1)", false],
    ["'STRASSE'.equalsIgnoreCase('strasse')", true],
    ["'straße'.equalsIgnoreCase('STRASSE')", false],
    ["'a'.compareTo('c')", -2n],
    ["'abc'.compareTo('a')", 2n],
    ["'a'.compareTo('a')", 0n],
    ["'A'.compareTo('a')", -32n],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });
});

describe('a search costs what it may take at worst', () => {
  const values = { text: 'a'.repeat(370_000), first: `b${'a'.repeat(100_000)}`, last: `${'a'.repeat(100_000)}b` };

  it.each(['text.contains(first)', 'text.indexOf(first)', 'text.lastIndexOf(last)', 'text.replace(first, last)'])(
    '%s leaves the place of decisions',
    (text) => {
      expect(run(text, { values, limits: PRESETS.IN_PLACE })).toEqual({ kind: 'exhausted', limit: 'fuel' });
    },
  );
});
