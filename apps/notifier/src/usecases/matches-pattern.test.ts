import fc from 'fast-check';
import { matchesAny, matchesPattern } from './matches-pattern.js';

test.each([
  ['etl', 'etl', true],
  ['etl', 'etl.daily', false],
  ['etl.*', 'etl.daily', true],
  ['*.daily', 'etl.daily', true],
  ['*', '', true],
  ['a*b*c', 'aXbYc', true],
  ['a*b*c', 'abc', true],
  ['a*b*c', 'acb', false],
  ['ab*ba', 'aba', false],
  ['a**b', 'ab', true],
])('%s on %s: %s', (pattern, text, expected) => {
  expect(matchesPattern(pattern, text)).toBe(expected);
});

test('says what a regular expression says', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 });
  const words = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
  fc.assert(
    fc.property(letters, words, (pattern, text) => {
      expect(matchesPattern(pattern, text)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text));
    }),
  );
});

test('no pattern matches everything', () => {
  expect(matchesAny([], 'x')).toBe(true);
  expect(matchesAny(['a', 'b*'], 'bc')).toBe(true);
  expect(matchesAny(['a'], 'bc')).toBe(false);
});
