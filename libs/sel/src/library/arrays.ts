import { Fault } from '../runtime/error.js';
import { burn } from '../runtime/machine.js';
import { typeOf, type SelArray, type SelScalar, type SelValue } from '../runtime/value.js';
import { argument, arrayArg } from './arguments.js';
import type { Call, LibraryClass } from './library-class.js';

/** ARRAYS_CLASS holds functions of whole arrays. */
export const ARRAYS_CLASS: LibraryClass = {
  names: ['Arrays'],
  statics: {
    'asList/1': (call) => argument(call, 0),
    'sum/1': sum,
    'min/1': (call) => extreme(call, (item, best) => item < best),
    'max/1': (call) => extreme(call, (item, best) => item > best),
  },
};

/** LONGs overflow as with `+`; an empty array sums to 0. */
function sum(call: Call): SelValue {
  const array = arrayArg(call, 0);
  burn(call.machine, array.items.length);
  if (array.element === 'DOUBLE') return array.items.reduce<number>((total, item) => total + Number(item), 0);
  if (array.element === 'LONG' || array.element === undefined) {
    return array.items.reduce<bigint>((total, item) => BigInt.asIntN(64, total + BigInt(item ?? 0)), 0n);
  }
  throw notNumbers(call, array);
}

function extreme(call: Call, isBetter: (item: SelScalar, best: SelScalar) => boolean): SelValue {
  const array = arrayArg(call, 0);
  burn(call.machine, array.items.length);
  if (array.element !== 'LONG' && array.element !== 'DOUBLE' && array.element !== undefined)
    throw notNumbers(call, array);
  const items = array.items as SelScalar[];
  if (items.length === 0) throw new Fault('value', `${call.name}() of an empty array`, call.at);
  return items.find(Number.isNaN) ?? items.reduce((best, item) => (isBetter(item, best) ? item : best));
}

function notNumbers(call: Call, array: SelArray): Fault {
  return new Fault('type', `${call.name}() needs a LONG_ARRAY or DOUBLE_ARRAY, not ${typeOf(array)}`, call.at);
}
