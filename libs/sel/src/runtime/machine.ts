import type { Scope } from './scope.js';
import type { SelValue } from './value.js';

/** Tank holds fuel; evaluations that share one (params that refer to each other) share its bound. May end below zero. */
export interface Tank {
  fuel: number;
}

/** Machine is the whole state of one evaluation. */
export interface Machine {
  readonly scope: Scope;
  readonly tank: Tank;
  /** Offset of the latest call into the host: the position of what it throws. */
  at: number;
}

/** Code is a compiled expression. */
export type Code = (machine: Machine) => SelValue;

/** OutOfFuel ends an evaluation; it is no error of the expression. */
export class OutOfFuel extends Error {
  override readonly name = 'OutOfFuel';
}

/** burn charges for work before it is done: one unit per node visited and per character or element handled. */
export function burn(machine: Machine, units: number): void {
  const { tank } = machine;
  tank.fuel -= units;
  if (tank.fuel < 0) throw new OutOfFuel('out of fuel');
}
