import type { Environment } from './environment.js';
import { Fault } from './error.js';
import type { Limits } from './limits.js';
import type { Scope } from './scope.js';
import type { SelMap, SelResult, SelType, SelValue } from './value.js';

/**
 * Tank holds what is used up: fuel and memory. Evaluations that share one (params that refer to each other) share its
 * bound. May end below zero.
 */
export interface Tank {
  fuel: number;
  memory: number;
}

/** fillTank gives a tank with all that the limits allow. */
export function fillTank({ fuel, memory }: Limits): Tank {
  return { fuel, memory };
}

/** Machine is the whole state of one evaluation. */
export interface Machine {
  readonly scope: Scope;
  readonly tank: Tank;
  readonly limits: Limits;
  readonly environment: Environment;
  /** Offset of the latest call into the host: the position of what it throws. */
  at: number;
  /** Values of the names of the program, by slot; undefined until it is read or assigned. */
  readonly variables: (SelValue | undefined)[];
  /** Declared types of variables that hold NULL, by slot. */
  readonly declared: (SelType | undefined)[];
  /** What the program ends with. */
  result: SelResult;
  /** Entries of maps that stay connected to a variable, by slot (see linkVariable). */
  links: Map<number, Link> | undefined;
  /** Copies of the host's arrays and maps. */
  imported: Map<object, SelValue> | undefined;
}

/** Link connects a variable with an entry of a map. */
export interface Link {
  readonly map: SelMap;
  readonly key: string;
}

/** Code is a compiled expression. */
export type Code = (machine: Machine) => SelValue;

/** Exhausted ends an evaluation; it is no error of the expression. */
export class Exhausted extends Error {
  override readonly name = 'Exhausted';

  constructor(readonly limit: 'fuel' | 'memory') {
    super(`out of ${limit}`);
  }
}

/** burn charges for work before it is done: one unit per node visited and per about 64 characters or items handled. */
export function burn(machine: Machine, units: number): void {
  const { tank } = machine;
  tank.fuel -= units;
  if (tank.fuel < 0) throw new Exhausted('fuel');
}

const OBJECT_BYTES = 32;
const CHAR_BYTES = 2;
const ITEM_BYTES = 32;
const UNITS_PER_CHAR = 1 / 64;
const UNITS_PER_ITEM = 1 / 16;

/** The longest text there can be, whatever the memory: far below what the JavaScript engine can hold. */
const MAX_STRING_CHARS = 100_000_000;

/** allocateText charges memory and fuel for a new text or small object before it is made; `chars` may be 0. */
export function allocateText(machine: Machine, chars: number, at: number): void {
  if (chars > MAX_STRING_CHARS)
    throw new Fault('limit', `a text may not have more than ${MAX_STRING_CHARS} characters`, at);
  burn(machine, chars * UNITS_PER_CHAR);
  take(machine, OBJECT_BYTES + CHAR_BYTES * chars);
}

/** allocateItems charges for a new array before it is made; refuses one that is as large as the limit of arrays. */
export function allocateItems(machine: Machine, count: number, at: number): void {
  const { array } = machine.limits;
  if (count >= array)
    throw new Fault('limit', `an array of ${count} items is too large: fewer than ${array} are allowed`, at);
  burn(machine, count * UNITS_PER_ITEM);
  take(machine, OBJECT_BYTES + ITEM_BYTES * count);
}

function take({ tank }: Machine, bytes: number): void {
  tank.memory -= bytes;
  if (tank.memory < 0) throw new Exhausted('memory');
}
