import type { FieldViolation } from '@maestro/domain';
import type { HostError, SelError, SelErrorKind } from '@maestro/sel';

/** ParamViolation is one thing wrong with a param, condition or text; `path` names it. */
export interface ParamViolation extends FieldViolation {
  /** The line of the expression with a caret below the place, when the fault lies in an expression. */
  readonly excerpt?: string;
  /** What went wrong in an expression or reference; absent where the fault is in the param itself. */
  readonly kind?: SelErrorKind;
  /** The name that stands for no param, when that is why. */
  readonly unknownName?: string;
}

/** Failed is the answer when something is wrong with what the user wrote. */
export interface Failed {
  readonly kind: 'error';
  readonly violations: readonly ParamViolation[];
}

/** Exhausted is the answer when a limit was met: try again with a larger budget. */
export interface Exhausted {
  readonly kind: 'exhausted';
  readonly limit: string;
}

/** ParamFailure carries a violation out of nested evaluations. */
export class ParamFailure extends Error {
  override readonly name = 'ParamFailure';

  constructor(
    readonly violation: ParamViolation,
    /** Nothing else is worth evaluating. */
    readonly fatal = false,
  ) {
    super(violation.message);
  }
}

/**
 * LimitReached carries an exhausted limit out of nested evaluations. A port throws it, too, when its answer cannot be had in place: the
 * evaluation is then done where it can be waited for.
 */
export class LimitReached extends Error {
  override readonly name = 'LimitReached';

  constructor(readonly limit: string) {
    super(`${limit} is exhausted`);
  }
}

/** selFailure words an error of an expression for the param that holds it. */
export function selFailure(path: string, error: SelError): ParamFailure {
  const { message, line, column, excerpt } = error;
  return new ParamFailure({ path, message, line, column, excerpt, ...reasonOf(error) });
}

/** reasonOf is what a program may tell failures apart by. */
export function reasonOf({ kind, unknownName }: HostError | SelError): Pick<ParamViolation, 'kind' | 'unknownName'> {
  return unknownName === undefined ? { kind } : { kind, unknownName };
}

/** outcomeOf turns what a nested evaluation throws into an answer; anything else is a defect and flies on. */
export function outcomeOf(error: unknown): Failed | Exhausted {
  if (error instanceof LimitReached) return { kind: 'exhausted', limit: error.limit };
  if (error instanceof ParamFailure) return { kind: 'error', violations: [error.violation] };
  throw error;
}
