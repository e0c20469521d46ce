import type { ParamType, ParamValue } from '@maestro/domain';

/** Rule is one condition on a value, such as `@Min(1)`. */
export interface Rule {
  /** As the user wrote it. */
  readonly text: string;
  /** Where it begins in the text of the validator. */
  readonly offset: number;
  /** Whether values of a type can be held against it. */
  accepts(type: ParamType): boolean;
  /** Units of fuel that `problem` needs for a value. */
  cost(value: ParamValue): number;
  /** What is wrong with a value, as "has to be ..."; undefined when nothing is. */
  problem(value: ParamValue): string | undefined;
}

/** Condition is a rule given as an expression. */
export interface Condition {
  readonly text: string;
  /** Where it begins in the text of the validator. */
  readonly offset: number;
}

/** Validator is the text of a validator taken apart: all of it has to hold. */
export interface Validator {
  readonly rules: readonly Rule[];
  readonly conditions: readonly Condition[];
}

/** Argument is what stands between the parentheses of a rule: a number or text, with or without a name. */
export interface Argument {
  readonly name?: string;
  readonly literal: string;
  readonly isText: boolean;
}

/** RuleProblem says what is wrong with the text of a validator, and where. */
export class RuleProblem extends Error {
  override readonly name = 'RuleProblem';

  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}
