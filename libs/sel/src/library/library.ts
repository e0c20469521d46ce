import { ARRAY_CLASS } from './array.js';
import { ARRAYS_CLASS } from './arrays.js';
import { BOOLEAN_CLASS } from './boolean.js';
import { DOUBLE_CLASS } from './double.js';
import type { LibraryClass } from './library-class.js';
import { INTEGER_CLASS, LONG_CLASS } from './long.js';
import { MAP_CLASS } from './map.js';
import { MATH_CLASS } from './math.js';
import { STRING_CLASS } from './string.js';
import { SYSTEM_CLASS } from './system.js';
import { UTIL_CLASS } from './util/util.js';
import { UUID_CLASS } from './uuid.js';

/**
 * LIBRARY is every class of the language: what an expression can call is here, and nothing else. Of two classes of one
 * type the later has the methods.
 */
export const LIBRARY: readonly LibraryClass[] = [
  STRING_CLASS,
  INTEGER_CLASS,
  LONG_CLASS,
  DOUBLE_CLASS,
  BOOLEAN_CLASS,
  ARRAY_CLASS,
  MAP_CLASS,
  MATH_CLASS,
  UUID_CLASS,
  SYSTEM_CLASS,
  ARRAYS_CLASS,
  UTIL_CLASS,
];
