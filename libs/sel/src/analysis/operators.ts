import type { BinaryOperator } from '../language/ast.js';
import { isArray, isNumber, isVague, type StaticType } from './static-type.js';

/** Typing gives the type of a result; undefined where every value of these types is refused when it runs. */
type Typing = (left: StaticType, right: StaticType) => StaticType | undefined;

const mayBeNumber = (type: StaticType): boolean => type === 'UNKNOWN' || isNumber(type);

/** To text and NULL everything can be added; text can be added to numbers. An unknown left side may be text. */
const plus: Typing = (left, right) => {
  if (left === 'STRING' || left === 'NULL') return 'STRING';
  if (isVague(left)) return right === 'STRING' ? 'STRING' : 'UNKNOWN';
  if (!isNumber(left)) return undefined;
  if (right === 'STRING') return 'STRING';
  return isNumber(right) ? numeric(left, right) : whenVague(right);
};

function whenVague(type: StaticType): 'UNKNOWN' | undefined {
  return isVague(type) ? 'UNKNOWN' : undefined;
}

const numeric: Typing = (left, right) => {
  if (left === 'LONG' && right === 'LONG') return 'LONG';
  if (!mayBeNumber(left) || !mayBeNumber(right)) return undefined;
  return left === 'DOUBLE' || right === 'DOUBLE' ? 'DOUBLE' : 'UNKNOWN';
};

const ordered: Typing = (left, right) => (mayBeNumber(left) && mayBeNumber(right) ? 'BOOLEAN' : undefined);

/** `<` and `>` are false for NULL on the left, whatever the right side is. */
const orderedOrNull: Typing = (left, right) =>
  left === 'NULL' || left === 'UNKNOWN' ? 'BOOLEAN' : ordered(left, right);

const equality: Typing = (left, right) => {
  if (isVague(left) || isVague(right) || left === 'NULL' || right === 'NULL') return 'BOOLEAN';
  if (isNumber(left)) return isNumber(right) || right === 'STRING' ? 'BOOLEAN' : undefined;
  if (isArray(left)) return isArray(right) ? 'BOOLEAN' : undefined;
  return left === right ? 'BOOLEAN' : undefined;
};

/** The rules of runtime/arithmetic.ts and runtime/comparison.ts, on types. */
const TYPINGS: Readonly<Record<BinaryOperator, Typing>> = {
  '+': plus,
  '-': numeric,
  '*': numeric,
  '/': numeric,
  '%': numeric,
  '<': orderedOrNull,
  '>': orderedOrNull,
  '<=': ordered,
  '>=': ordered,
  '==': equality,
  '!=': equality,
};

/** binaryType is the type of `left operator right`; undefined when no values of these types have one. */
export function binaryType(operator: BinaryOperator, left: StaticType, right: StaticType): StaticType | undefined {
  return TYPINGS[operator](left, right);
}
