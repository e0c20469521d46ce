import { Fault } from './error.js';
import { allocateText, type Machine } from './machine.js';
import { textOf } from './text.js';
import { typeOf, type SelValue } from './value.js';

/** Operation applies one binary operator; `at` is its offset. */
export type Operation = (left: SelValue, right: SelValue, at: number, machine: Machine) => SelValue;

type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

/** add is `+`: Java's addition, or concatenation when a STRING (or a leading NULL) takes part. */
export const add: Operation = (left, right, at, machine) => {
  if (typeof left === 'bigint' && typeof right === 'bigint') return BigInt.asIntN(64, left + right);
  if (concatenates(left, right)) return concatenate(left, right, at, machine);
  return numeric('+', left, right, at);
};

function concatenates(left: SelValue, right: SelValue): boolean {
  if (typeof left === 'string' || left === null) return true;
  return typeof right === 'string' && (typeof left === 'bigint' || typeof left === 'number');
}

/** The text is paid for before it is made. */
function concatenate(left: SelValue, right: SelValue, at: number, machine: Machine): string {
  const [leftText, rightText] = [textOf(left, machine, at), textOf(right, machine, at)];
  allocateText(machine, leftText.length + rightText.length, at);
  return leftText + rightText;
}

/** arithmeticOf gives the operation of `- * / %`: LONG wraps at 64 bits and divides towards zero, DOUBLE is IEEE 754. */
export function arithmeticOf(operator: Exclude<ArithmeticOperator, '+'>): Operation {
  return (left, right, at) => numeric(operator, left, right, at);
}

function numeric(operator: ArithmeticOperator, left: SelValue, right: SelValue, at: number): bigint | number {
  if (typeof left === 'bigint' && typeof right === 'bigint') return longs(operator, left, right, at);
  if (!isNumber(left) || !isNumber(right)) throw mismatch(operator, left, right, at);
  return doubles(operator, Number(left), Number(right));
}

function longs(operator: ArithmeticOperator, left: bigint, right: bigint, at: number): bigint {
  if (right === 0n && (operator === '/' || operator === '%')) {
    throw new Fault('arithmetic', `division by zero: ${left} ${operator} 0`, at);
  }
  switch (operator) {
    case '+':
      return BigInt.asIntN(64, left + right);
    case '-':
      return BigInt.asIntN(64, left - right);
    case '*':
      return BigInt.asIntN(64, left * right);
    case '/':
      return BigInt.asIntN(64, left / right);
    case '%':
      return left % right;
  }
}

function doubles(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
  }
}

/** isNumber says whether a value is a LONG or a DOUBLE. */
export function isNumber(value: SelValue): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number';
}

/** mismatch is the fault of an operator between types it does not know. */
export function mismatch(operator: string, left: SelValue, right: SelValue, at: number): Fault {
  return new Fault('type', `cannot apply \`${operator}\` to ${typeOf(left)} and ${typeOf(right)}`, at);
}
