import { SelError } from './error.js';

const placeOf = (text: string, offset: number): unknown => {
  const { line, column, excerpt } = new SelError('type', 'wrong', text, offset);
  return { line, column, excerpt };
};

describe('the place of an error', () => {
  it.each([
    ['ab', 0, { line: 1, column: 1, excerpt: 'ab\n^' }],
    ['ab', 2, { line: 1, column: 3, excerpt: 'ab\n  ^' }],
    ['a\n b', 3, { line: 2, column: 2, excerpt: ' b\n ^' }],
    ['a\nb', 1, { line: 1, column: 2, excerpt: 'a\n ^' }],
    ['\nb', 0, { line: 1, column: 1, excerpt: '\n^' }],
    ['\n\nb', 1, { line: 2, column: 1, excerpt: '\n^' }],
    ['', 0, { line: 1, column: 1, excerpt: '\n^' }],
  ])('in %j at %d', (text, offset, place) => {
    expect(placeOf(text, offset)).toEqual(place);
  });
});
