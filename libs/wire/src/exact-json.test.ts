import fc from 'fast-check';
import { exactJsonText, parseExactJson } from './exact-json.js';

const double = fc.double({ noNaN: true });
const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

/** Trees whose numbers are all of one kind, or of both, with strings that look like numbers. */
function trees(numbers: fc.Arbitrary<number | bigint>): fc.Arbitrary<unknown> {
  const texts = fc.oneof(fc.string(), fc.constantFrom(':5', ',7]', ' 12 ', '5.0', '"', '\\'));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ depthSize: 'small' }, numbers, texts, fc.boolean(), fc.constant(null), tie('list'), tie('map')),
    list: fc.array(tie('tree'), { maxLength: 4 }),
    map: fc.dictionary(fc.stringMatching(/^[a-z :,5]{1,4}$/), tie('tree'), { maxKeys: 4, noNullPrototype: true }),
  }));
  return tree;
}

describe('exact JSON', () => {
  it.each([
    ['doubles', trees(double)],
    ['integers', trees(long)],
    ['both', trees(fc.oneof(double, long))],
  ])('gives back %s as they were, alone or in trees', (_, values) => {
    fc.assert(
      fc.property(values, (value) => {
        expect(parseExactJson(exactJsonText(value as never))).toEqual(value);
      }),
    );
  });

  it.each([
    ['5', 5n],
    ['-5', -5n],
    ['5.0', 5],
    ['[1.5e3,12]', [1500, 12n]],
    ['{"a": 9007199254740993}', { a: 9_007_199_254_740_993n }],
    ['{"a":1e999,"b":-0.0}', { a: Infinity, b: -0 }],
  ])('reads %s', (text, value) => {
    expect(parseExactJson(text)).toEqual(value);
  });
});
