/** SelScalar is a STRING, LONG (a bigint that always fits 64 bits), DOUBLE or BOOLEAN. Scalars are values, never shared. */
export type SelScalar = string | bigint | number | boolean;

/** SelValue is what lives inside one evaluation; null is NULL. */
export type SelValue = SelScalar | null | SelArray | SelMap | SelObject;

/** VOID is the result of a program that ends without a value. */
export const VOID: unique symbol = Symbol('VOID');

/** SelResult is what a program can end with. */
export type SelResult = SelValue | typeof VOID;

/** ElementType is what an array can hold. */
export type ElementType = 'STRING' | 'LONG' | 'DOUBLE' | 'BOOLEAN';

/** ObjectType is the type of a value of a library class. */
export type ObjectType =
  'DATETIME' | 'DATETIME_ZONE' | 'DATETIME_FORMATTER' | 'DATETIME_PROPERTY' | 'DATETIME_DAYS' | 'UUID';

/** SelType names types as messages and results show them. EMPTY_ARRAY is an empty array of the host, which fits each type. */
export type SelType = ElementType | `${ElementType}_ARRAY` | 'EMPTY_ARRAY' | 'MAP' | 'NULL' | 'VOID' | ObjectType;

/** MAX_NESTING is how deep maps may lie in maps where a whole value is walked (JSON, comparison, results). */
export const MAX_NESTING = 100;

/** SelArray is mutable and shared by reference inside one evaluation. Elements of STRING arrays may be null. */
export class SelArray {
  constructor(
    /** undefined only for an empty array that came from the host. */
    readonly element: ElementType | undefined,
    readonly items: (SelScalar | null)[],
  ) {}
}

/** SelMap is a MAP: mutable, shared by reference inside one evaluation, in the order of insertion. */
export class SelMap {
  constructor(readonly entries: Map<string, SelValue> = new Map<string, SelValue>()) {}
}

/** SelObject is an immutable value of a library class such as DateTime. */
export abstract class SelObject {
  abstract readonly type: ObjectType;

  /** text is how concatenation shows it. */
  abstract text(): string;
}

/** typeOf names the type of a value as error messages and results show it. */
export function typeOf(value: SelResult): SelType {
  if (value === null) return 'NULL';
  if (value === VOID) return 'VOID';
  if (typeof value !== 'object') return elementTypeOf(value);
  if (value instanceof SelArray) return value.element === undefined ? 'EMPTY_ARRAY' : `${value.element}_ARRAY`;
  return value instanceof SelMap ? 'MAP' : value.type;
}

/** elementTypeOf names the type of a scalar. */
export function elementTypeOf(value: SelScalar): ElementType {
  switch (typeof value) {
    case 'string':
      return 'STRING';
    case 'bigint':
      return 'LONG';
    case 'number':
      return 'DOUBLE';
    default:
      return 'BOOLEAN';
  }
}
