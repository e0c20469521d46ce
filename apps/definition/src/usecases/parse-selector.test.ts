import { parseSelector } from './parse-selector.js';

test.each([
  ['', 'default'],
  ['active', 'active'],
  ['Latest', 'latest'],
  ['7', 7n],
  ['999999999999999999', 999999999999999999n],
])('"%s" selects %s', (text, selector) => {
  expect(parseSelector(text)).toBe(selector);
});

test.each(['0', '-1', '1.5', '01', 'newest', '9999999999999999999'])('"%s" names no version', (text) => {
  expect(() => parseSelector(text)).toThrow(`"${text}" names no version`);
});
