import { importData } from './data.js';
import { Fault } from './error.js';
import { allocateText, type Machine } from './machine.js';
import { typeOf, type SelMap, type SelType, type SelValue } from './value.js';

/** Variable is a name of a program: its values live in the machine, at its slot. */
export interface Variable {
  readonly name: string;
  readonly slot: number;
}

/** readVariable gives a variable its value: what was assigned, else what the host knows by that name, else NULL. */
export function readVariable(machine: Machine, { name, slot }: Variable, at: number, use?: 'assign'): SelValue {
  const known = machine.variables[slot];
  if (known !== undefined) return known;
  machine.at = at;
  const data = machine.scope.lookup(name, use);
  if (data === undefined || data === null) return null;
  const value = importData(machine, data);
  machine.variables[slot] = value;
  return value;
}

/** assignVariable keeps the type of the variable: that of its declaration, or of the value it has. NULL cannot be assigned. */
export function assignVariable(machine: Machine, variable: Variable, value: SelValue, at: number): void {
  const { slot } = variable;
  const current = readVariable(machine, variable, at, 'assign');
  const same = typeof current === typeof value && typeof value !== 'object';
  if (!same) {
    const required = current === null ? machine.declared[slot] : typeOf(current);
    if (value === null || (required !== undefined && !fits(value, required))) {
      throw wrongType(variable.name, required, value, at);
    }
  }
  machine.variables[slot] = value;
}

/** declareVariable gives a variable a type and a first value of exactly that type; it may have had another type before. */
export function declareVariable(
  machine: Machine,
  { name, slot }: Variable,
  type: SelType,
  value: SelValue,
  at: number,
): void {
  if (!fits(value, type)) throw wrongType(name, type, value, at);
  machine.variables[slot] = value;
  machine.declared[slot] = type;
  machine.links?.delete(slot);
}

/** declareEmpty declares without a value: numbers are 0, BOOLEAN is false, arrays are empty, the others NULL. */
export function declareEmpty(machine: Machine, { slot }: Variable, type: SelType, empty: SelValue): void {
  machine.variables[slot] = empty;
  machine.declared[slot] = type;
  machine.links?.delete(slot);
}

function fits(value: SelValue, type: SelType): boolean {
  const actual = typeOf(value);
  if (actual === type) return true;
  return actual === 'EMPTY_ARRAY' ? type.endsWith('_ARRAY') : type === 'EMPTY_ARRAY' && actual.endsWith('_ARRAY');
}

function wrongType(name: string, required: SelType | undefined, value: SelValue, at: number): Fault {
  const wanted = required === undefined ? 'NULL cannot be assigned' : `it is a ${required}, not a ${typeOf(value)}`;
  return new Fault('type', `cannot assign to ${name}: ${wanted}`, at, name);
}

/**
 * linkVariable connects a variable with the entry that it was put into by its name. In the original values are shared
 * boxes, so that `m.put('k', y); y = 2;` changes the entry; its tests ask for that. Only for `=` outside of loops: everywhere else
 * scalars are values (docs/sel/differences.md).
 */
export function linkVariable(machine: Machine, { slot }: Variable, map: SelMap, key: string, at: number): void {
  allocateText(machine, 0, at);
  machine.links ??= new Map();
  machine.links.set(slot, { map, key });
}

/** followLink gives the connected entry the value that was assigned. */
export function followLink(machine: Machine, { slot }: Variable, from: SelValue, to: SelValue): void {
  const link = machine.links?.get(slot);
  if (link && link.map.entries.get(link.key) === from) link.map.entries.set(link.key, to);
}
