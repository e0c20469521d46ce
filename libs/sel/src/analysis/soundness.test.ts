import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'lossless-json';
import { compile, evaluate, NO_ENVIRONMENT, PRESETS, SelError, typeOf, type Scope, type SelData } from '../index.js';
import { analyse, type Analysis } from './analyse.js';
import type { TypeEnvironment } from './environment.js';
import type { StaticType } from './static-type.js';

/** A check that is told the types of some values, and nothing of the functions of `params`. */
function environmentOf(types: ReadonlyMap<string, StaticType>): TypeEnvironment {
  return {
    lookup: (name) => ({ type: types.get(name) ?? 'UNKNOWN' }),
    typeOf: (name) => types.get(name),
    call: () => ({ type: 'UNKNOWN' }),
  };
}

function certain({ problems }: Analysis): readonly string[] {
  return problems.filter((problem) => problem.certain).map(({ error }) => error.message);
}

type Data = string | bigint | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

interface Vector {
  readonly id: string;
  readonly expr: string;
  readonly mode: string;
  readonly error: boolean;
  readonly params: Readonly<Record<string, Data>>;
}

const TEXT = readFileSync(join(__dirname, '../../fixtures/sel-vectors.json'), 'utf8');
const VECTORS = parse(TEXT, null, (text) => (/^-?\d+$/.test(text) ? BigInt(text) : Number(text))) as readonly Vector[];
const SCALARS: Readonly<Record<string, StaticType>> = {
  string: 'STRING',
  bigint: 'LONG',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
};

test('no expression of the original that succeeds is taken for wrong', () => {
  const wrong = VECTORS.filter(({ mode, error }) => (mode === 'sel' || mode === 'engine') && !error).flatMap(
    (vector) => {
      const types = Object.entries(vector.params).map(
        ([name, value]) => [name, SCALARS[typeof value] ?? 'UNKNOWN'] as const,
      );
      const found = certain(analyse(vector.expr, environmentOf(new Map(types))));
      return found.length === 0 ? [] : [`${vector.id} ${vector.expr}: ${found.join('; ')}`];
    },
  );
  expect(wrong).toEqual([]);
});

const VALUES: Readonly<Record<string, SelData>> = {
  a: 3n,
  b: 2.5,
  s: 'text',
  t: true,
  l: [1n, 2n, 3n],
  w: ['x', 'y'],
  m: new Map<string, SelData>([['k', 1n]]),
};
const TYPES = new Map<string, StaticType>([
  ['a', 'LONG'],
  ['b', 'DOUBLE'],
  ['s', 'STRING'],
  ['t', 'BOOLEAN'],
  ['l', 'LONG_ARRAY'],
  ['w', 'STRING_ARRAY'],
  ['m', 'MAP'],
]);
const SCOPE: Scope = { lookup: (name) => VALUES[name], call: () => null };

const METHODS = ['length', 'trim', 'size', 'get', 'contains', 'split', 'equals', 'toString', 'indexOf', 'substring'];
const leaf = fc.constantFrom(...TYPES.keys(), '1', '0', '2.5', "'k'", 'true', 'null', 'x', "'1'");
const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie('expression');
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc
        .tuple(inner, fc.constantFrom('+', '-', '*', '/', '%', '<', '>=', '==', '!=', '&&', '||'), inner)
        .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
      fc.tuple(inner, inner, inner).map(([test, left, right]) => `(${test} ? ${left} : ${right})`),
      fc
        .tuple(inner, fc.constantFrom(...METHODS), fc.array(inner, { maxLength: 2 }))
        .map(([object, method, args]) => `${object}.${method}(${args.join(', ')})`),
      fc.tuple(inner, inner).map(([object, index]) => `${object}[${index}]`),
      inner.map((each) => `!${each}`),
      inner.map((each) => `new String[]{${each}}`),
      inner.map((each) => `Math.max(${each}, 1)`),
      inner.map((each) => `(x = ${each})`),
    ),
  };
});
const statement = fc.oneof(
  expression.map((each) => `${each};`),
  expression.map((each) => `x = ${each};`),
  expression.map((each) => `x += ${each};`),
  fc.tuple(fc.constantFrom('int', 'String', 'double', 'Map'), expression).map(([type, each]) => `${type} x = ${each};`),
  fc.tuple(expression, expression).map(([test, each]) => `if (${test}) { x = ${each}; }`),
  fc.tuple(expression, expression).map(([test, each]) => `if (${test}) return ${each};`),
  expression.map((each) => `for (int i = 0; i < 3; i += 1) { x = ${each}; }`),
);
const program = fc.array(statement, { minLength: 1, maxLength: 4 }).map((statements) => statements.join(' '));

function isBroken(text: string): boolean {
  try {
    compile(text);
    return false;
  } catch (error) {
    return error instanceof SelError;
  }
}

test('what is taken for wrong fails when it runs, and a type that is known is the type of the result', () => {
  fc.assert(
    fc.property(program, (text) => {
      fc.pre(!isBroken(text));
      const analysis = analyse(text, environmentOf(TYPES));
      const outcome = evaluate(compile(text), SCOPE, PRESETS.IN_PLACE, NO_ENVIRONMENT);
      if (outcome.kind !== 'value') return;
      expect({ text, certain: certain(analysis) }).toEqual({ text, certain: [] });
      if (analysis.type !== 'UNKNOWN')
        expect({ text, type: typeOf(outcome.value) }).toEqual({ text, type: analysis.type });
    }),
    { numRuns: 2_000 },
  );
});
