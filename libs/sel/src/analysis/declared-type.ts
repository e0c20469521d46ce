import type { TypeName } from '../language/ast.js';
import { classNamed } from '../library/registry.js';
import { isElement, type StaticType } from './static-type.js';

const PRIMITIVES: ReadonlyMap<string, StaticType> = new Map<string, StaticType>([
  ['boolean', 'BOOLEAN'],
  ['int', 'LONG'],
  ['long', 'LONG'],
  ['float', 'DOUBLE'],
  ['double', 'DOUBLE'],
]);

/** namedType is the type that a name stands for in a declaration or after `new`; UNKNOWN when it stands for none. */
export function namedType(name: string): StaticType {
  const type = PRIMITIVES.get(name) ?? classNamed(name)?.type;
  return type === undefined || type === 'ARRAY' || type === 'EMPTY_ARRAY' ? 'UNKNOWN' : type;
}

/** arrayType is the type of an array with elements of a named type. */
export function arrayType(element: string): StaticType {
  const type = namedType(element);
  return isElement(type) ? `${type}_ARRAY` : 'UNKNOWN';
}

/** declaredType is the type of a declared variable. Without a value, primitives and arrays have defaults, all others are NULL. */
export function declaredType({ name, array }: TypeName, hasValue: boolean): StaticType {
  if (array) return arrayType(name);
  return hasValue || PRIMITIVES.has(name) ? namedType(name) : 'UNKNOWN';
}
