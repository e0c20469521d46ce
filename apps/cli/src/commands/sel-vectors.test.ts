import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Json } from '@maestro/domain';
import { parseJsonText, stringifyJson } from '@maestro/dsl';
import { run } from '../testing/run.js';

interface Vector {
  readonly id: string;
  readonly expr: string;
  readonly mode: string;
  readonly params: Json;
  readonly limits?: Json;
  readonly now_ms?: Json;
  /** Answers of functions of `params`, which a batch does not have. */
  readonly ext?: Json;
  readonly error: boolean;
  readonly expected: Json;
  readonly type?: string;
  readonly compare?: string;
  readonly tolerance?: number;
}

interface Answer {
  readonly value?: Json;
  readonly type?: string;
  readonly error?: { readonly kind: string; readonly message: string; readonly line: bigint; readonly column: bigint };
}

const FIXTURE = join(__dirname, '..', '..', '..', '..', 'libs', 'sel', 'fixtures', 'sel-vectors.json');
const ALL = parseJsonText(readFileSync(FIXTURE, 'utf8')) as unknown as readonly Vector[];
const VECTORS = ALL.filter(({ mode, ext }) => mode === 'sel' && ext === undefined);

const lineOf = ({ expr, params, limits, now_ms }: Vector): string =>
  `${stringifyJson({ expr, params, limits, now_ms })}\n`;

/** DOUBLEs are compared as numbers: `1.0` and `1` are one in the vectors. */
function isClose(value: Json | undefined, expected: Json, tolerance = 0): boolean {
  return Math.abs(Number(value) - Number(expected)) <= tolerance;
}

function areClose(value: Json | undefined, expected: Json): boolean {
  if (!Array.isArray(value) || !Array.isArray(expected) || value.length !== expected.length) return false;
  return (value as readonly Json[]).every((item, index) => isClose(item, (expected as readonly Json[])[index] ?? null));
}

/** What is an error in the original and has a value here: docs/sel/differences.md. */
const SUPERSET: Readonly<Record<string, Json>> = { 'sel-0560': 1n };

function matches(vector: Vector, { value, type, error }: Answer): boolean {
  const more = SUPERSET[vector.id];
  if (more !== undefined) return value === more;
  if (vector.error) return error !== undefined && error.line >= 1n && error.column >= 1n;
  if (error !== undefined || (vector.type !== undefined && vector.type !== type)) return false;
  if (vector.compare === 'type_only') return true;
  if (type === 'DOUBLE') return isClose(value, vector.expected, vector.tolerance);
  if (type === 'DOUBLE_ARRAY') return areClose(value, vector.expected);
  return isDeepStrictEqual(value ?? null, vector.expected ?? null);
}

describe('a batch of the vectors of the original', () => {
  let answers: readonly Answer[];
  // One vector counts to eleven million, which takes its time in a test's sandbox.
  beforeAll(async () => {
    const { code, out } = await run(['sel', '--batch'], { stdinPieces: VECTORS.map(lineOf) });
    expect(code).toBe(0);
    answers = out
      .trimEnd()
      .split('\n')
      .map((line) => parseJsonText(line) as unknown as Answer);
  }, 60_000);

  it('is answered line by line', () => {
    expect(VECTORS.length).toBeGreaterThan(600);
    expect(answers.length).toBe(VECTORS.length);
  });

  it('gives the values, types and errors of the original under the limits they name', () => {
    const wrong = VECTORS.filter((vector, index) => !matches(vector, answers[index] ?? {}));
    expect(wrong.map(({ id, expr }) => `${id} ${expr}`)).toEqual([]);
  });
});
