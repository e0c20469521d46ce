import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SelError } from '../index.js';
import { namesRead } from './names-read.js';

interface Vector {
  readonly id: string;
  readonly expr: string;
  readonly mode: string;
  readonly expected: readonly string[] | null;
  readonly error: boolean;
  readonly limits?: { readonly length?: number };
}

const VECTORS = JSON.parse(readFileSync(join(__dirname, '../../fixtures/sel-vectors.json'), 'utf8')) as Vector[];

it.each(VECTORS.filter(({ mode }) => mode === 'validate'))(
  'vector $id: names read by $expr',
  ({ expr, error, expected, limits }) => {
    if (error) expect(() => namesRead(expr, limits)).toThrow(SelError);
    else expect(namesRead(expr, limits)).toEqual(expected);
  },
);

it.each([
  ['a + b.length() + a', ['a', 'b']],
  ['x = a; y = x + 1; y + z', ['a', 'z']],
  ["Math.min(a, 1) + params.get('p') + params.q + params['r']", ['a', 'p', 'q', 'r']],
  ['x += 1', ['x']],
  ['for (int i = 0; i < n; i += 1) { sum = i; }', ['n']],
  ['if (a) { b = 1; } b', ['a', 'b']],
])('%s reads %j', (text, names) => {
  expect(namesRead(text)).toEqual(names);
});
