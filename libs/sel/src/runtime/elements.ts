import { Fault } from './error.js';
import { allocateItems, allocateText, burn, type Machine } from './machine.js';
import { SelArray, SelMap, typeOf, type ElementType, type SelScalar, type SelValue } from './value.js';

/** EMPTY_ELEMENT is what `new T[n]` is filled with. */
const EMPTY_ELEMENT: Readonly<Record<ElementType, SelScalar | null>> = {
  STRING: null,
  LONG: 0n,
  DOUBLE: 0,
  BOOLEAN: false,
};

/** newArray is `new T[size]`. */
export function newArray(machine: Machine, element: ElementType, size: SelValue, at: number): SelArray {
  if (typeof size !== 'bigint') throw new Fault('type', `the size of an array must be a LONG, not ${typeOf(size)}`, at);
  if (size < 0n) throw new Fault('value', `the size of an array cannot be negative: ${size}`, at);
  allocateItems(machine, Number(size), at);
  return new SelArray(element, new Array<SelScalar | null>(Number(size)).fill(EMPTY_ELEMENT[element]));
}

/** asElement refuses what is not exactly of the type of an array's elements. */
export function asElement(element: ElementType, item: SelValue, at: number): SelScalar {
  if (item !== null && typeof item !== 'object' && typeOf(item) === element) return item;
  throw new Fault('type', `an array of ${element} cannot hold a ${typeOf(item)}`, at);
}

/** readElement reads `array[long]`, `map['key']` (NULL when there is none) or the character `text[long]`. */
export function readElement(object: SelValue, index: SelValue, at: number): SelValue {
  if (object instanceof SelMap && typeof index === 'string') return object.entries.get(index) ?? null;
  if (typeof index === 'bigint') {
    if (object instanceof SelArray) return object.items[checked(index, object.items.length, 'an array', at)] ?? null;
    if (typeof object === 'string') return object.charAt(checked(index, object.length, 'a STRING', at));
  }
  throw cannotIndex(object, index, at);
}

/** writeElement is `array[long] = item` or `map['key'] = value`. */
export function writeElement(machine: Machine, object: SelValue, index: SelValue, value: SelValue, at: number): void {
  if (object instanceof SelArray && typeof index === 'bigint') {
    const position = checked(index, object.items.length, 'an array', at);
    if (object.element) object.items[position] = asElement(object.element, value, at);
  } else if (object instanceof SelMap && typeof index === 'string') {
    burn(machine, 1);
    allocateText(machine, index.length, at);
    object.entries.set(index, value);
  } else throw cannotIndex(object, index, at);
}

function checked(index: bigint, length: number, what: string, at: number): number {
  if (index >= 0n && index < BigInt(length)) return Number(index);
  throw new Fault('index', `index ${index} is outside of ${what} of ${length}`, at);
}

function cannotIndex(object: SelValue, index: SelValue, at: number): Fault {
  const hint =
    object instanceof SelMap ? '; a key is a STRING' : object === null ? '; there is nothing by that name' : '';
  return new Fault('type', `cannot index ${typeOf(object)} with ${typeOf(index)}${hint}`, at);
}
