import type { Machine } from '../runtime/machine.js';
import type { SelType, SelValue } from '../runtime/value.js';

/** Call is one call of a method, static method or constructor. */
export interface Call {
  /** NULL for static methods that are called on the class, and for constructors. */
  readonly receiver: SelValue;
  readonly args: readonly SelValue[];
  readonly machine: Machine;
  /** Offset for faults. */
  readonly at: number;
  readonly name: string;
}

/** Method does the work; throws Fault. It charges before work and memory are spent. */
export type Method = (call: Call) => SelValue;

/** Members are keyed by name and number of arguments: `valueOf/1`; `format/*` takes any number. */
export type Members = Readonly<Record<string, Method>>;

/** LibraryClass is one class of the language. */
export interface LibraryClass {
  /** Names by which expressions may call the class; the first is the one in messages. */
  readonly names: readonly [string, ...string[]];
  /** Type of its values: what `Name x` declares. Absent for purely static classes; ARRAY are the methods of all arrays. */
  readonly type?: SelType | 'ARRAY';
  /** Keys `new/0`, `new/1`, .. */
  readonly constructors?: Members;
  /** Also callable on values of `type`, as in Java. */
  readonly statics?: Members;
  /** Static fields. */
  readonly fields?: Readonly<Record<string, SelValue>>;
  /** Methods of values of `type`; `receiver` has that type. */
  readonly methods?: Members;
}
