import type { SelErrorKind } from '../runtime/error.js';
import type { StaticType } from './static-type.js';

/** Refusal is why a name or a function cannot be what an expression takes it for. */
export interface Refusal {
  readonly kind: SelErrorKind;
  readonly message: string;
  /** The name that is not there, when that is why. */
  readonly unknownName?: string;
  /** Something that only a run brings may still make it right. */
  readonly uncertain?: boolean;
}

/** Known is a type, or why there is none. */
export type Known = { readonly type: StaticType } | { readonly refusal: Refusal };

/** TypeEnvironment is all that a check knows of the scope an expression will run in. */
export interface TypeEnvironment {
  /** A name that is no variable of the expression itself. */
  lookup(name: string): Known;
  /** The type of such a name where it need not stand for anything: an assignment makes it a variable. */
  typeOf(name: string): StaticType | undefined;
  /**
   * A function of `params`; `params['x']` and `params.x` are `get`. An argument is its text where that is written in the
   * expression, else undefined.
   */
  call(fn: string, args: readonly (string | undefined)[]): Known;
}

/** unknownName is the refusal of a name that stands for nothing; `hint` says what was meant perhaps. */
export function unknownName(name: string, hint = ''): Refusal {
  return { kind: 'host', message: `unknown name ${name}${hint}`, unknownName: name };
}
