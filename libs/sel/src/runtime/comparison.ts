import { isNumber, mismatch, type Operation } from './arithmetic.js';
import { burn, type Machine } from './machine.js';
import { textOf } from './text.js';
import { isSelArray, type SelMap, type SelValue } from './value.js';

/** Comparing strings is fast: this many characters cost one unit of fuel. */
const CHARS_PER_UNIT = 64;

/** lessThan is `<`; NULL on the left is less than nothing (spec 7.5). */
export const lessThan: Operation = (left, right, at) => {
  if (isNumber(left) && isNumber(right)) return left < right;
  if (left === null) return false;
  throw mismatch('<', left, right, at);
};

/** greaterThan is `>`; NULL on the left is greater than nothing. */
export const greaterThan: Operation = (left, right, at) => {
  if (isNumber(left) && isNumber(right)) return left > right;
  if (left === null) return false;
  throw mismatch('>', left, right, at);
};

/** atMost is `<=`, numbers only. */
export const atMost: Operation = (left, right, at) => {
  if (isNumber(left) && isNumber(right)) return left <= right;
  throw mismatch('<=', left, right, at);
};

/** atLeast is `>=`, numbers only. */
export const atLeast: Operation = (left, right, at) => {
  if (isNumber(left) && isNumber(right)) return left >= right;
  throw mismatch('>=', left, right, at);
};

/** equal is `==`. Any type equals NULL or not; `1 == '1'` compares text but `'1' == 1` is an error, as in the original. */
export const equal: Operation = (left, right, at, machine) => isEqual('==', left, right, at, machine);

/** notEqual is `!=`. */
export const notEqual: Operation = (left, right, at, machine) => !isEqual('!=', left, right, at, machine);

function isEqual(operator: string, left: SelValue, right: SelValue, at: number, machine: Machine): boolean {
  if (left === null || right === null) return left === right;
  if (isNumber(left)) {
    if (typeof right === 'string') return textOf(left) === right;
    if (isNumber(right)) return typeof left === typeof right ? left === right : Number(left) === Number(right);
  } else if (typeof left === typeof right) {
    if (typeof left === 'object') return deepEqual(operator, left, right, at, machine);
    return sameItem(left, right, machine);
  }
  throw mismatch(operator, left, right, at);
}

function sameItem(left: SelValue, right: SelValue | undefined, machine: Machine): boolean {
  burn(machine, typeof left === 'string' ? 1 + left.length / CHARS_PER_UNIT : 1);
  return left === right;
}

function deepEqual(operator: string, left: SelValue, right: SelValue, at: number, machine: Machine): boolean {
  if (isSelArray(left) && isSelArray(right)) {
    return left.length === right.length && left.every((item, index) => sameItem(item, right[index], machine));
  }
  if (left instanceof Map && right instanceof Map) return mapsEqual(operator, left, right, at, machine);
  throw mismatch(operator, left, right, at);
}

function mapsEqual(operator: string, left: SelMap, right: SelMap, at: number, machine: Machine): boolean {
  burn(machine, left.size);
  if (left.size !== right.size) return false;
  return [...left].every(([key, item]) => {
    const other = right.get(key);
    if (other === undefined || typeof item !== typeof other) return false;
    return isEqual(operator, item, other, at, machine);
  });
}
