import type { Compiled } from '../language/compiler.js';
import { Fault, HostError, SelError } from './error.js';
import { OutOfFuel, type Machine, type Tank } from './machine.js';
import type { Scope } from './scope.js';
import type { SelValue } from './value.js';

/** Limits bound one evaluation. `fuel` counts visited nodes, characters and elements handled. */
export interface Limits {
  readonly fuel: number;
}

/**
 * PRESETS: IN_PLACE is what may be spent inside a decision (well under a millisecond); FULL is what an evaluation apart from a decision gets,
 * the original's limit of visited nodes.
 */
export const PRESETS: Readonly<Record<'IN_PLACE' | 'FULL', Limits>> = {
  IN_PLACE: { fuel: 10_000 },
  FULL: { fuel: 100_000_000 },
};

/** Outcome of an evaluation: `exhausted` names the limit that was met and says nothing about the expression. */
export type Outcome =
  | { readonly kind: 'value'; readonly value: SelValue }
  | { readonly kind: 'exhausted'; readonly limit: string }
  | { readonly kind: 'error'; readonly error: SelError };

/** evaluate runs a compiled expression in a scope; it throws only what the scope throws on purpose (see Scope). */
export function evaluate(compiled: Compiled, scope: Scope, limits: Limits): Outcome {
  return evaluateMetered(compiled, scope, { fuel: limits.fuel });
}

/** evaluateMetered is `evaluate` on fuel that several evaluations share; what is burnt is gone for the others. */
export function evaluateMetered(compiled: Compiled, scope: Scope, tank: Tank): Outcome {
  const machine: Machine = { scope, tank, at: 0 };
  try {
    return { kind: 'value', value: compiled.code(machine) };
  } catch (error) {
    return failure(error, compiled.text, machine.at);
  }
}

function failure(error: unknown, text: string, at: number): Outcome {
  if (error instanceof OutOfFuel) return { kind: 'exhausted', limit: 'fuel' };
  if (error instanceof Fault)
    return { kind: 'error', error: new SelError(error.kind, error.message, text, error.offset) };
  if (error instanceof HostError)
    return { kind: 'error', error: new SelError(error.kind, error.message, text, at, error.unknownName) };
  throw error;
}
