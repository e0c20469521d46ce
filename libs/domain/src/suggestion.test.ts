import { closest, suggestion } from './suggestion.js';

test('a word close to what was written is suggested, whatever its case', () => {
  expect(closest('runDate', ['RUN_DATE', 'owner'])).toBe('RUN_DATE');
  expect(suggestion('lenght', ['length', 'trim'])).toBe('; did you mean "length"?');
});

test('nothing is suggested when no word is close: a name of one letter resembles every other', () => {
  expect(suggestion('i', ['j', 'x1'])).toBe('');
  expect(suggestion('threshold', ['owner'])).toBe('');
});
