import type { Machine } from './machine.js';
import type { SelValue } from './value.js';

/** Call is one method call at run time. */
export interface Call {
  readonly name: string;
  readonly args: readonly SelValue[];
  readonly at: number;
  readonly machine: Machine;
}
