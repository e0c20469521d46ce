import fc from 'fast-check';
import { compile, doubleText, evaluate, PRESETS, SelError, type SelData, type SelResult } from '../index.js';

const long = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, -1n, 0n, 1n),
);

const CODE = new Map(
  ['+', '-', '*', '/', '%', '<', '<=', '==', '!='].map((operator) => [operator, compile(`a ${operator} b`)]),
);

function apply(operator: string, a: SelData, b: SelData): SelResult {
  const code = CODE.get(operator) ?? compile(`a ${operator} b`);
  const outcome = evaluate(code, { lookup: (name) => (name === 'a' ? a : b), call: () => null }, PRESETS.IN_PLACE);
  if (outcome.kind !== 'value') throw new Error(outcome.kind);
  return outcome.value;
}

describe('LONG arithmetic', () => {
  it('wraps at 64 bits as Java does', () => {
    fc.assert(
      fc.property(long, long, (a, b) => {
        expect(apply('+', a, b)).toBe(BigInt.asIntN(64, a + b));
        expect(apply('-', a, b)).toBe(BigInt.asIntN(64, a - b));
        expect(apply('*', a, b)).toBe(BigInt.asIntN(64, a * b));
      }),
    );
  });

  it('divides towards zero, and quotient and remainder belong together', () => {
    const divisor = long.filter((value) => value !== 0n);
    fc.assert(
      fc.property(long, divisor, (a, b) => {
        const [quotient, remainder] = [apply('/', a, b) as bigint, apply('%', a, b) as bigint];
        expect(BigInt.asIntN(64, quotient * b + remainder)).toBe(a);
        expect(remainder === 0n || remainder < 0n === a < 0n).toBe(true);
      }),
    );
  });

  it('compares exactly', () => {
    fc.assert(
      fc.property(long, long, (a, b) => {
        expect(apply('<', a, b)).toBe(a < b);
        expect(apply('<=', a, b)).toBe(a <= b);
        expect(apply('==', a, b)).toBe(a === b);
        expect(apply('!=', a, b)).toBe(a !== b);
      }),
    );
  });
});

describe('doubleText', () => {
  it.each([
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [1.5, '1.5'],
    [0.001, '0.001'],
    [0.00099, '9.9E-4'],
    [9_999_999, '9999999.0'],
    [1e7, '1.0E7'],
    [-1.25e-10, '-1.25E-10'],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
  ])('writes %p as %s', (value, text) => {
    expect(doubleText(value)).toBe(text);
  });

  it('reads back as the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(Number(doubleText(value))).toBe(value);
      }),
    );
  });
});

describe('any text', () => {
  const token = fc.constantFrom(
    ...[
      '1',
      '2.5',
      "'s'",
      'a',
      'b',
      'params',
      '(',
      ')',
      '[',
      ']',
      '.',
      ',',
      '?',
      ':',
      ';',
      '+',
      '-',
      '*',
      '/',
      '%',
      '!',
    ],
    ...[
      '<',
      '>=',
      '==',
      '&&',
      '||',
      'return',
      'true',
      'null',
      'length',
      'get',
      'new',
      'Math',
      '=',
      '{',
      '}',
      '"',
      '\\u0041',
    ],
  );

  it('gives a value, runs out of fuel or fails with an error of the language, twice the same', () => {
    const scope = { lookup: (name: string): SelData => (name === 'a' ? [1n] : 'b'), call: (): SelData => 1n };
    const run = (text: string): unknown => {
      try {
        return evaluate(compile(text), scope, { ...PRESETS.IN_PLACE, fuel: 50 });
      } catch (error) {
        if (error instanceof SelError) return error.message;
        throw error;
      }
    };
    fc.assert(
      fc.property(fc.array(token, { maxLength: 20 }), (tokens) => {
        const text = tokens.join(' ');
        expect(run(text)).toEqual(run(text));
      }),
      { numRuns: 3_000 },
    );
  });
});
