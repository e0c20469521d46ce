import { compile } from '../language/compiler.js';
import { exportData, type SelData } from '../runtime/data.js';
import { seededRandom, type Environment } from '../runtime/environment.js';
import { SelError } from '../runtime/error.js';
import { evaluate, type Outcome } from '../runtime/evaluate.js';
import { PRESETS, type Limits } from '../runtime/limits.js';
import type { Scope } from '../runtime/scope.js';
import { SelObject, VOID } from '../runtime/value.js';

/** Around an evaluation: what a test does not name is empty, or what a decision has. */
export interface Around {
  readonly values?: Readonly<Record<string, SelData>>;
  readonly limits?: Partial<Limits>;
  /** Default 12345. */
  readonly nowMs?: number;
  readonly scope?: Scope;
}

/** run compiles and evaluates; errors of compilation are outcomes too. */
export function run(text: string, around: Around = {}): Outcome {
  const environment: Environment = { nowMs: around.nowMs ?? 12_345, random: seededRandom(1n) };
  const limits = { ...PRESETS.FULL, ...around.limits };
  try {
    return evaluate(compile(text), around.scope ?? scopeOf(around.values ?? {}), limits, environment);
  } catch (error) {
    if (error instanceof SelError) return { kind: 'error', error };
    throw error;
  }
}

function scopeOf(values: Readonly<Record<string, SelData>>): Scope {
  const known = new Map(Object.entries(values));
  return {
    lookup: (name) => known.get(name),
    call: (fn, args) => (fn === 'containsKey' ? known.has(args[0] ?? '') : (known.get(args[0] ?? '') ?? null)),
  };
}

/** value is the result of an expression as a host sees it: VOID as `undefined`, dates and the like as their text. */
export function value(text: string, around: Around = {}): SelData | undefined {
  const outcome = run(text, around);
  if (outcome.kind === 'error') throw outcome.error;
  if (outcome.kind === 'exhausted') throw new Error(`${text}: ${outcome.limit} is exhausted`);
  if (outcome.value === VOID) return undefined;
  return outcome.value instanceof SelObject ? outcome.value.text() : exportData(outcome.value);
}

/** errorOf is the error an expression ends with. */
export function errorOf(text: string, around: Around = {}): SelError {
  const outcome = run(text, around);
  if (outcome.kind === 'error') return outcome.error;
  throw new Error(`${text} gave ${outcome.kind}`);
}
