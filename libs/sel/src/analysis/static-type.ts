import type { ElementType, SelType } from '../runtime/value.js';

/** StaticType is what is known of a value before anything runs; `UNKNOWN` can be anything, NULL too. */
export type StaticType = Exclude<SelType, 'EMPTY_ARRAY'> | 'UNKNOWN';

const ELEMENTS: ReadonlySet<string> = new Set<ElementType>(['STRING', 'LONG', 'DOUBLE', 'BOOLEAN']);

/** join is what is known of a value that is either of two. */
export function join(left: StaticType, right: StaticType): StaticType {
  return left === right ? left : 'UNKNOWN';
}

/** isArray says whether values of a type are certainly arrays. */
export function isArray(type: StaticType): type is `${ElementType}_ARRAY` {
  return type.endsWith('_ARRAY');
}

/** isElement says whether values of a type can be items of arrays. */
export function isElement(type: StaticType): type is ElementType {
  return ELEMENTS.has(type);
}

/** isNumber says whether values of a type are certainly numbers. */
export function isNumber(type: StaticType): type is 'LONG' | 'DOUBLE' {
  return type === 'LONG' || type === 'DOUBLE';
}

/** isVague says whether operators may take values of a type whatever the other side is: unknown ones and objects of classes. */
export function isVague(type: StaticType): boolean {
  return !isElement(type) && !isArray(type) && type !== 'MAP' && type !== 'NULL' && type !== 'VOID';
}
