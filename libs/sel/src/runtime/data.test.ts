import fc from 'fast-check';
import { compile } from '../language/compiler.js';
import { run, value } from '../testing/run.js';
import { dataTypeOf, exportData, type SelData } from './data.js';
import { evaluate } from './evaluate.js';
import { PRESETS } from './limits.js';
import { dataJson } from './text.js';

const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const scalar = fc.oneof(fc.string(), long, fc.double({ noNaN: true }), fc.boolean());
const array = fc.oneof(
  fc.array(fc.string()),
  fc.array(long),
  fc.array(fc.double({ noNaN: true })),
  fc.array(fc.boolean()),
);
const { data } = fc.letrec<{ data: SelData }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 3 },
    scalar,
    array,
    fc.array(fc.tuple(fc.string(), tie('data'))).map((entries) => new Map(entries)),
  ),
}));

describe('host data', () => {
  it('comes back as it went in', () => {
    fc.assert(
      fc.property(data, (given) => {
        expect(value('x', { values: { x: given } })).toEqual(given);
      }),
    );
  });

  it('is written as JSON from inside as from outside', () => {
    fc.assert(
      fc.property(data, (given) => {
        expect(value('Util.toJson(x)', { values: { x: given } })).toBe(dataJson(given));
      }),
    );
  });

  it('that is the same object is the same value inside', () => {
    const shared = new Map([['a', 1n]]);
    expect(value("x['a'] = 2; y['a']", { values: { x: shared, y: shared } })).toBe(2n);
  });

  it('is charged for when it is named', () => {
    const items = Array.from({ length: 20_000 }, () => 'x');
    expect(run('x.length', { values: { x: items }, limits: { fuel: 100 } })).toEqual({
      kind: 'exhausted',
      limit: 'fuel',
    });
  });

  it('that is nested too deep is refused', () => {
    const nested = Array.from({ length: 200 }).reduce<SelData>((inner) => new Map([['m', inner]]), 1n);
    expect(run('x', { values: { x: nested } })).toMatchObject({ error: { kind: 'limit' } });
  });
});

describe('exportData', () => {
  const exported = (text: string): SelData | undefined => {
    const outcome = evaluate(compile(text), { lookup: () => undefined, call: () => null }, PRESETS.FULL);
    return outcome.kind === 'value' ? exportData(outcome.value) : undefined;
  };

  it.each([
    '',
    'new DateTime(0)',
    'new String[1]',
    "m = new Map(); m['a'] = null; m",
    "m = new Map(); m['a'] = new DateTime(0); m",
  ])('is nothing for %j, which no param can hold', (text) => {
    expect(exported(text)).toBeUndefined();
  });

  it('copies: what the program shares is taken apart', () => {
    const result = exported("a = new long[]{1}; m = new Map(); m['x'] = a; m['y'] = a; m");
    expect(result).toEqual(
      new Map([
        ['x', [1n]],
        ['y', [1n]],
      ]),
    );
  });
});

it.each<[SelData, string]>([
  [null, 'NULL'],
  ['a', 'STRING'],
  [1n, 'LONG'],
  [1, 'DOUBLE'],
  [true, 'BOOLEAN'],
  [[], 'EMPTY_ARRAY'],
  [[1n], 'LONG_ARRAY'],
  [new Map(), 'MAP'],
])('the type of %p is %s', (given, type) => {
  expect(dataTypeOf(given)).toBe(type);
});
