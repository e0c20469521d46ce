import { allocateItems, allocateText } from '../../runtime/machine.js';
import { SelArray, SelMap, typeOf, type SelValue } from '../../runtime/value.js';
import type { Call } from '../library-class.js';

/**
 * arrayFrom gives the items of a JSON array as an array of their type; integers among doubles become doubles. What no
 * array of the language can hold (objects, arrays, null, a mix of types) becomes a MAP with the keys '0', '1', ..
 */
export function arrayFrom(call: Call, items: readonly SelValue[]): SelArray | SelMap {
  allocateItems(call.machine, items.length, call.at);
  const types = new Set(items.map(typeOf));
  if (types.size === 0) return new SelArray(undefined, []);
  const [only] = types;
  if (types.size === 1 && (only === 'STRING' || only === 'LONG' || only === 'DOUBLE' || only === 'BOOLEAN')) {
    return new SelArray(only, items as SelArray['items']);
  }
  if (types.size === 2 && types.has('LONG') && types.has('DOUBLE')) return new SelArray('DOUBLE', items.map(Number));
  return new SelMap(new Map(items.map((item, index) => [keyOf(call, index), item])));
}

function keyOf({ machine, at }: Call, index: number): string {
  allocateText(machine, 0, at);
  return String(index);
}
