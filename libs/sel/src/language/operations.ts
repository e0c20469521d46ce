import { add, arithmeticOf, type Operation } from '../runtime/arithmetic.js';
import { atLeast, atMost, equal, greaterThan, lessThan, notEqual } from '../runtime/comparison.js';
import type { AssignOperator, BinaryOperator } from './ast.js';

/** OPERATIONS are the binary operators. */
export const OPERATIONS: Readonly<Record<BinaryOperator, Operation>> = {
  '+': add,
  '-': arithmeticOf('-'),
  '*': arithmeticOf('*'),
  '/': arithmeticOf('/'),
  '%': arithmeticOf('%'),
  '<': lessThan,
  '<=': atMost,
  '>': greaterThan,
  '>=': atLeast,
  '==': equal,
  '!=': notEqual,
};

/** operationOf is the operation inside of `+=` and the like; undefined for `=`. */
export function operationOf(operator: AssignOperator): Operation | undefined {
  return operator === '=' ? undefined : OPERATIONS[operator.slice(0, -1) as BinaryOperator];
}
