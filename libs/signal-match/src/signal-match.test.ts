import { MATCH_OPERATORS, type SignalMatches, type SignalParamValue } from '@maestro/domain';
import * as fc from 'fast-check';
import { holds, joinText, matchesSignal, offeredText, shapeOf, wantedText } from './index.js';

const value: fc.Arbitrary<SignalParamValue> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
);

describe('operators', () => {
  it('compare whole numbers exactly and never with text', () => {
    const big = 2n ** 62n;
    expect(MATCH_OPERATORS.map((operator) => holds(big + 1n, operator, big))).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
    expect(MATCH_OPERATORS.filter((operator) => holds('7', operator, 7n))).toEqual([]);
    expect(MATCH_OPERATORS.filter((operator) => holds(undefined, operator, 7n))).toEqual([]);
  });

  it('order text as the database does: by its bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (left, right) => {
        const order = Buffer.compare(Buffer.from(left), Buffer.from(right));
        expect(holds(left, '<', right)).toBe(order < 0);
        expect(holds(left, '>=', right)).toBe(order >= 0);
      }),
    );
    expect(holds('\u{1F600}', '>', '\uE000')).toBe(true);
  });
});

describe('a signal', () => {
  const matchParams: SignalMatches = {
    region: { value: 'eu', operator: '=' },
    day: { value: 20260101n, operator: '>=' },
  };

  it('matches when every comparison holds and it is new enough', () => {
    const params = { region: 'eu', day: 20260102n, more: 'x' };
    expect(matchesSignal({ matchParams }, params, 5)).toBe(true);
    expect(matchesSignal({ matchParams, since: 6 }, params, 5)).toBe(false);
    expect(matchesSignal({ matchParams, since: 5 }, params, 5)).toBe(true);
    expect(matchesSignal({ matchParams }, { ...params, day: 20251231n }, 5)).toBe(false);
    expect(matchesSignal({ matchParams }, { region: 'eu' }, 5)).toBe(false);
  });

  it('is found by index by everything that it matches', () => {
    const matches = fc.dictionary(fc.string(), fc.record({ value, operator: fc.constantFrom(...MATCH_OPERATORS) }));
    fc.assert(
      fc.property(matches, fc.dictionary(fc.string(), value), (wanted, extra) => {
        const params = {
          ...extra,
          ...Object.fromEntries(Object.entries(wanted).map(([name, each]) => [name, each.value])),
        };
        fc.pre(matchesSignal({ matchParams: wanted }, params, 0));
        expect(offeredText(shapeOf(wanted), params)).toBe(wantedText(wanted));
      }),
    );
  });

  it('looks up nothing for a shape whose params it lacks, and tells 7 from "7"', () => {
    const seven = (of: SignalParamValue): SignalMatches => ({ n: { value: of, operator: '=' } });
    expect(offeredText(shapeOf(seven(7n)), { m: 7n })).toBeUndefined();
    expect(wantedText(seven(7n))).not.toBe(wantedText(seven('7')));
  });

  it('joins by position, whatever the keys are called', () => {
    expect(joinText(['batch', 'day'], { batch: 'b', day: 7n })).toBe(joinText(['lot', 'on'], { lot: 'b', on: 7n }));
    expect(joinText(['batch'], { batch: '7' })).not.toBe(joinText(['batch'], { batch: 7n }));
    expect(joinText(['batch'], {})).toBeUndefined();
    expect(joinText([], {})).toBe('[]');
  });
});
