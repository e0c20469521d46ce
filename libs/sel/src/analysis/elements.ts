import { isArray, isElement, type StaticType } from './static-type.js';

/** isIndexable says whether `object[index]` can have a value for these types. */
export function isIndexable(object: StaticType, index: StaticType): boolean {
  if (object === 'UNKNOWN') return index === 'UNKNOWN' || index === 'LONG' || index === 'STRING';
  if (object === 'MAP') return index === 'UNKNOWN' || index === 'STRING';
  return (isArray(object) || object === 'STRING') && (index === 'UNKNOWN' || index === 'LONG');
}

/** elementTypeOf is the type of `object[index]`: entries of maps are unknown, and those of arrays of text may be NULL. */
export function elementTypeOf(object: StaticType): StaticType {
  if (object === 'STRING') return 'STRING';
  if (!isArray(object) || object === 'STRING_ARRAY') return 'UNKNOWN';
  const element = object.slice(0, -'_ARRAY'.length) as StaticType;
  return isElement(element) ? element : 'UNKNOWN';
}
