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
import { DATE_TIME_CONSTANTS_CLASS } from './time/date-time-constants.js';
import { DATE_TIME_FORMAT_CLASS } from './time/date-time-format.js';
import { DATE_TIME_ZONE_CLASS } from './time/date-time-zone.js';
import { DATE_TIME_CLASS } from './time/date-time.js';
import { DAYS_CLASS } from './time/days.js';
import { PROPERTY_CLASS } from './time/property.js';
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
  DATE_TIME_CLASS,
  DATE_TIME_ZONE_CLASS,
  DATE_TIME_FORMAT_CLASS,
  DATE_TIME_CONSTANTS_CLASS,
  PROPERTY_CLASS,
  DAYS_CLASS,
];
