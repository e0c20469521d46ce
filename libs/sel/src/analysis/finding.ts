import type { SelErrorKind } from '../runtime/error.js';
import type { Refusal } from './environment.js';

/** Finding is one mistake in an expression. */
export interface Finding {
  readonly kind: SelErrorKind;
  readonly message: string;
  /** Offset in the text. */
  readonly at: number;
  readonly unknownName?: string;
  /** Every evaluation meets it; otherwise only some do, such as those that take a branch. */
  readonly certain: boolean;
}

/** Findings collects mistakes; while it is not `certain`, what is found need not be met by an evaluation. */
export class Findings {
  readonly list: Finding[] = [];
  certain = true;

  add(at: number, refusal: Refusal): void {
    const { kind, message, unknownName, uncertain } = refusal;
    const certain = this.certain && uncertain !== true;
    this.list.push({ kind, message, at, certain, ...(unknownName === undefined ? {} : { unknownName }) });
  }

  /** perhaps runs a part of the check that an evaluation may leave out. */
  perhaps<T>(check: () => T): T {
    const before = this.certain;
    this.certain = false;
    const result = check();
    this.certain = before;
    return result;
  }
}
