/**
 * SelValue is a value of the expression language: LONG is a bigint that always fits 64 bits, DOUBLE a number, a MAP a
 * Map, an array holds one scalar type. Values are immutable: an expression cannot change what its host gave it.
 */
export type SelValue = SelScalar | null | SelArray | SelMap;

/** SelScalar is a STRING, LONG, DOUBLE or BOOLEAN. */
export type SelScalar = string | bigint | number | boolean;

/** SelArray is a STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY or BOOLEAN_ARRAY; an empty one fits each of them. */
export type SelArray = readonly string[] | readonly bigint[] | readonly number[] | readonly boolean[];

/** SelMap is a MAP: string keys, any values. */
export type SelMap = ReadonlyMap<string, SelValue>;

export type SelType = 'STRING' | 'LONG' | 'DOUBLE' | 'BOOLEAN' | `${ScalarType}_ARRAY` | 'EMPTY_ARRAY' | 'MAP' | 'NULL';
type ScalarType = 'STRING' | 'LONG' | 'DOUBLE' | 'BOOLEAN';

/** isSelArray tells arrays from everything else (`Array.isArray` does not narrow readonly arrays). */
export function isSelArray(value: SelValue): value is SelArray {
  return Array.isArray(value);
}

/** typeOf names the type of a value as error messages and results show it. */
export function typeOf(value: SelValue): SelType {
  if (value === null) return 'NULL';
  if (isSelArray(value)) return value[0] === undefined ? 'EMPTY_ARRAY' : `${scalarType(value[0])}_ARRAY`;
  return typeof value === 'object' ? 'MAP' : scalarType(value);
}

function scalarType(value: SelScalar): ScalarType {
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
