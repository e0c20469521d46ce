import { isNumber, mismatch, type Operation } from './arithmetic.js';
import { burn, type Machine } from './machine.js';
import { Fault } from './error.js';
import { scalarText } from './text.js';
import { MAX_NESTING, SelArray, SelMap, type SelValue } from './value.js';

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
export const equal: Operation = (left, right, at, machine) => isEqual({ operator: '==', at, machine }, left, right, 0);

/** notEqual is `!=`. */
export const notEqual: Operation = (left, right, at, machine) =>
  !isEqual({ operator: '!=', at, machine }, left, right, 0);

interface Comparison {
  readonly operator: string;
  readonly at: number;
  readonly machine: Machine;
}

function isEqual(comparison: Comparison, left: SelValue, right: SelValue, depth: number): boolean {
  if (left === null || right === null) return left === right;
  if (isNumber(left)) {
    if (typeof right === 'string') return scalarText(left) === right;
    if (isNumber(right)) return typeof left === typeof right ? left === right : Number(left) === Number(right);
  } else if (typeof left === typeof right) {
    if (typeof left === 'object') return deepEqual(comparison, left, right, depth);
    return sameItem(left, right, comparison.machine);
  }
  throw mismatch(comparison.operator, left, right, comparison.at);
}

function sameItem(left: SelValue, right: SelValue | undefined, machine: Machine): boolean {
  burn(machine, typeof left === 'string' ? 1 + left.length / CHARS_PER_UNIT : 1);
  return left === right;
}

function deepEqual(comparison: Comparison, left: SelValue, right: SelValue, depth: number): boolean {
  if (left instanceof SelArray && right instanceof SelArray) {
    const other = right.items;
    return (
      left.items.length === other.length &&
      left.items.every((item, index) => sameItem(item, other[index], comparison.machine))
    );
  }
  if (left instanceof SelMap && right instanceof SelMap) return mapsEqual(comparison, left, right, depth);
  throw mismatch(comparison.operator, left, right, comparison.at);
}

function mapsEqual(comparison: Comparison, left: SelMap, right: SelMap, depth: number): boolean {
  if (depth > MAX_NESTING) {
    const message = `a map is nested more than ${MAX_NESTING} levels deep or contains itself`;
    throw new Fault('limit', message, comparison.at);
  }
  burn(comparison.machine, left.entries.size);
  if (left.entries.size !== right.entries.size) return false;
  for (const [key, item] of left.entries) {
    const other = right.entries.get(key);
    if (other === undefined || typeof item !== typeof other) return false;
    if (!isEqual(comparison, item, other, depth + 1)) return false;
  }
  return true;
}
