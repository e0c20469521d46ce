import { Fault } from '../runtime/error.js';
import { allocateItems, allocateText, burn } from '../runtime/machine.js';
import { elementTypeOf, SelArray, typeOf, type ElementType, type SelScalar, type SelValue } from '../runtime/value.js';
import { argument, arrayArg, arrayReceiver, longArg, wrongArgument } from './arguments.js';
import { compareDoubles, compareResult } from './comparing.js';
import type { Call, LibraryClass } from './library-class.js';

/** ARRAY_CLASS are the methods of arrays of every type. Only `add` changes its array; the others make new ones. */
export const ARRAY_CLASS: LibraryClass = {
  names: ['array'],
  type: 'ARRAY',
  methods: {
    'contains/1': (call) => position(call) >= 0,
    'indexOf/1': (call) => BigInt(position(call)),
    'size/0': (call) => BigInt(arrayReceiver(call).items.length),
    'isEmpty/0': (call) => arrayReceiver(call).items.length === 0,
    'add/1': add,
    'concat/1': concat,
    'slice/1': (call) => slice(call, BigInt(arrayReceiver(call).items.length)),
    'slice/2': (call) => slice(call, longArg(call, 1)),
    'reverse/0': (call) => copied(call, arrayReceiver(call).items.toReversed()),
    'sort/0': sort,
  },
};

/** Texts of an array are compared whole; each may be long, but the comparison of two different ones ends early. */
function position(call: Call): number {
  const array = arrayReceiver(call);
  const wanted = argument(call, 0);
  burn(call.machine, array.items.length);
  if (wanted !== null && array.element !== undefined && typeOf(wanted) !== array.element) {
    throw wrongArgument(call, 0, `${array.element}, as the items of the array`);
  }
  if (typeof wanted === 'string') burn(call.machine, (array.items.length * wanted.length) / CHARS_PER_UNIT);
  return array.items.indexOf(wanted as SelScalar | null);
}

const CHARS_PER_UNIT = 64;

/** The array grows where it is, so that building one in a loop costs one item a round. */
function add(call: Call): SelArray {
  const array = arrayReceiver(call);
  const value = argument(call, 0);
  if (array.element === undefined) throw untyped(call);
  const item = itemOf(call, value, array.element);
  if (array.items.length + 1 >= call.machine.limits.array) allocateItems(call.machine, array.items.length + 1, call.at);
  allocateText(call.machine, 0, call.at);
  array.items.push(item);
  return array;
}

function itemOf(call: Call, value: SelValue, element: ElementType): SelScalar {
  if (value !== null && typeof value !== 'object' && elementTypeOf(value) === element) return value;
  throw wrongArgument(call, 0, `${element}, as the items of the array`);
}

function untyped(call: Call): Fault {
  return new Fault(
    'type',
    `${call.name}(): this empty array has no type yet; start with \`new String[]{}\` or the like`,
    call.at,
  );
}

function concat(call: Call): SelArray {
  const [left, right] = [arrayReceiver(call), arrayArg(call, 0)];
  if (left.element !== undefined && right.element !== undefined && left.element !== right.element) {
    throw wrongArgument(call, 0, `${left.element}_ARRAY`);
  }
  allocateItems(call.machine, left.items.length + right.items.length, call.at);
  return new SelArray(left.element ?? right.element, [...left.items, ...right.items]);
}

function slice(call: Call, to: bigint): SelArray {
  const [{ items }, from] = [arrayReceiver(call), longArg(call, 0)];
  if (from < 0n || to > BigInt(items.length) || from > to) {
    throw new Fault('index', `slice from ${from} to ${to} is outside of an array of ${items.length}`, call.at);
  }
  return copied(call, items.slice(Number(from), Number(to)));
}

/** The copy is made right after it is paid for: slices are never larger than what exists. */
function copied(call: Call, items: (SelScalar | null)[]): SelArray {
  allocateItems(call.machine, items.length, call.at);
  return new SelArray(arrayReceiver(call).element, items);
}

function sort(call: Call): SelArray {
  const { items } = arrayReceiver(call);
  if (items.includes(null)) throw new Fault('value', 'sort(): the array has items without a value', call.at);
  burn(call.machine, sortCost(items));
  return copied(call, items.toSorted(order));
}

/** n log n comparisons; texts that are alike for long cost more. */
function sortCost(items: readonly (SelScalar | null)[]): number {
  const chars = items.reduce<number>((sum, item) => sum + (typeof item === 'string' ? item.length : 0), 0);
  return (items.length + chars / CHARS_PER_UNIT) * Math.ceil(Math.log2(items.length + 2));
}

/** Texts by their UTF-16 units as Java's compareTo, numbers by size, false before true. */
function order(left: SelScalar | null, right: SelScalar | null): number {
  if (typeof left === 'number' && typeof right === 'number') return Number(compareDoubles(left, right));
  if (typeof left === 'bigint' && typeof right === 'bigint') return Number(compareResult(left, right));
  if (typeof left === 'string' && typeof right === 'string') return left === right ? 0 : left < right ? -1 : 1;
  return Number(left) - Number(right);
}
