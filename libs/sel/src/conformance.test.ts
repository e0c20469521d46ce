import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'lossless-json';
import { compile, evaluate, HostError, paramsScope, PRESETS, SelError, typeOf } from './index.js';
import { exportData, SelObject, VOID, type Outcome, type Scope, type SelData, type SelResult } from './index.js';

type Data = string | bigint | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

interface Vector {
  readonly id: string;
  readonly expr: string;
  readonly mode: string;
  readonly params: Readonly<Record<string, Data>>;
  readonly ext?: Readonly<Record<string, Data>>;
  readonly expected: Data;
  readonly error: boolean;
  readonly type?: string;
  readonly tolerance?: number;
  readonly compare?: string;
}

const VECTORS = parse(readFileSync(join(__dirname, '../fixtures/sel-vectors.json'), 'utf8'), null, (text) =>
  /^-?\d+$/.test(text) ? BigInt(text) : Number(text),
) as readonly Vector[];

/** A vector is inside the subset unless the language itself says that it has no such construct yet. */
function isCovered(outcome: Outcome): boolean {
  return outcome.kind !== 'error' || outcome.error.kind !== 'unsupported';
}

function run(vector: Vector): Outcome {
  try {
    return evaluate(compile(vector.expr), scopeOf(vector), PRESETS.FULL);
  } catch (error) {
    if (error instanceof SelError) return { kind: 'error', error };
    throw error;
  }
}

function scopeOf({ params, ext = {} }: Vector): Scope {
  const values = new Map(Object.entries(params).map(([name, value]) => [name, toSel(value)]));
  const answer = (fn: string, ...args: string[]): SelData => {
    const result = ext[`${fn}(${args.join(',')})`] ?? ext[`${fn}/${args.length}`];
    if (result === undefined) throw new HostError(`${fn} has no answer`);
    return toSel(result);
  };
  return paramsScope((name) => values.get(name), {
    get: (name) => values.get(name) ?? null,
    containsKey: (name) => values.has(name),
    getFromStep: (...args) => answer('getFromStep', ...args.filter((arg) => arg !== undefined)),
    getFromInstance: (field) => answer('getFromInstance', field),
  });
}

function toSel(value: Data): SelData {
  if (Array.isArray(value)) return value as SelData;
  if (typeof value !== 'object' || value === null) return value;
  return new Map(Object.entries(value).map(([key, item]) => [key, toSel(item)]));
}

function expectVector(vector: Vector, outcome: Outcome): void {
  if (vector.error) {
    expect(outcome.kind).toBe('error');
    return;
  }
  if (outcome.kind !== 'value') throw outcome.kind === 'error' ? outcome.error : new Error(outcome.kind);
  if (vector.type !== undefined) expect(typeOf(outcome.value)).toBe(vector.type);
  if (vector.compare !== 'type_only') expectValue(outcome.value, vector);
}

function expectValue(result: SelResult, { expected, tolerance }: Vector): void {
  const value = result === VOID ? null : result instanceof SelObject ? result.text() : exportData(result);
  if (typeof value === 'number' && tolerance !== undefined) {
    expect(Math.abs(value - Number(expected))).toBeLessThanOrEqual(tolerance);
  } else if (typeof value === 'number' || (Array.isArray(value) && typeof value[0] === 'number')) {
    expect(value).toEqual(Array.isArray(expected) ? expected.map(Number) : Number(expected));
  } else expect(value).toEqual(toSel(expected));
}

describe.each([
  { mode: 'sel', recorded: { values: 74, errors: 156 } },
  { mode: 'engine', recorded: { values: 9, errors: 0 } },
])('vectors of mode $mode', ({ mode, recorded }) => {
  const covered = VECTORS.filter((vector) => vector.mode === mode)
    .map((vector) => ({ vector, outcome: run(vector) }))
    .filter(({ outcome }) => isCovered(outcome));

  it.each(covered)('$vector.id $vector.expr', ({ vector, outcome }) => {
    expectVector(vector, outcome);
  });

  it('covers as many as recorded here: raise the numbers when the language grows', () => {
    const errors = covered.filter(({ vector }) => vector.error).length;
    expect({ values: covered.length - errors, errors }).toEqual(recorded);
  });
});
