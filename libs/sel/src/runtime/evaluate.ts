import type { Compiled } from '../language/compiler.js';
import { weigh } from './data.js';
import { NO_ENVIRONMENT, type Environment } from './environment.js';
import { Fault, faultIn, HostError, SelError } from './error.js';
import type { Limits } from './limits.js';
import { Exhausted, fillTank, type Machine, type Tank } from './machine.js';
import type { Scope } from './scope.js';
import { VOID, type SelResult } from './value.js';

/** Outcome of an evaluation: `exhausted` names the limit that was met and says nothing about the expression. */
export type Outcome =
  | { readonly kind: 'value'; readonly value: SelResult }
  | { readonly kind: 'exhausted'; readonly limit: string }
  | { readonly kind: 'error'; readonly error: SelError };

/** MeteredSetting is what an evaluation on a shared tank may use besides its scope. */
export interface MeteredSetting {
  readonly limits: Limits;
  readonly tank: Tank;
  /** Default NO_ENVIRONMENT. */
  readonly environment?: Environment;
}

/** evaluate runs a compiled expression in a scope; it throws only what the scope throws on purpose (see Scope). */
export function evaluate(
  compiled: Compiled,
  scope: Scope,
  limits: Limits,
  environment: Environment = NO_ENVIRONMENT,
): Outcome {
  return run(compiled, newMachine(scope, limits, fillTank(limits), environment));
}

/** evaluateMetered is `evaluate` on a tank that several evaluations share; what is used up is gone for the others. */
export function evaluateMetered(compiled: Compiled, scope: Scope, setting: MeteredSetting): Outcome {
  const { limits, tank, environment = NO_ENVIRONMENT } = setting;
  return run(compiled, newMachine(scope, limits, tank, environment));
}

function newMachine(scope: Scope, limits: Limits, tank: Tank, environment: Environment): Machine {
  const [links, imported] = [undefined, undefined];
  return { scope, limits, tank, environment, at: 0, variables: [], declared: [], result: VOID, links, imported };
}

function run(compiled: Compiled, machine: Machine): Outcome {
  try {
    refuseLarge(compiled, machine.limits);
    const value = compiled.code(machine);
    weigh(machine, value);
    return { kind: 'value', value };
  } catch (error) {
    return failure(error, compiled.text, machine.at);
  }
}

function refuseLarge({ text, operands }: Compiled, { length, stack }: Limits): void {
  if (text.length >= length) {
    throw new Fault('limit', `the expression has ${text.length} characters: fewer than ${length} are allowed`, 0);
  }
  if (operands.count > stack) {
    const message = `${operands.count} operands wait for each other here: at most ${stack} may; take the expression apart`;
    throw new Fault('limit', message, operands.at);
  }
}

function failure(error: unknown, text: string, at: number): Outcome {
  if (error instanceof Exhausted) return { kind: 'exhausted', limit: error.limit };
  if (error instanceof Fault) return { kind: 'error', error: faultIn(text, error) };
  if (error instanceof HostError)
    return { kind: 'error', error: new SelError(error.kind, error.message, text, at, error.unknownName) };
  if (error instanceof RangeError && error.message.includes('call stack')) {
    return {
      kind: 'error',
      error: new SelError('limit', 'expressions that refer to each other are nested too deep', text, at),
    };
  }
  throw error;
}
