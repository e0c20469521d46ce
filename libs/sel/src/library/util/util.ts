import type { LibraryClass } from '../library-class.js';
import { DATES } from './dates.js';
import { INTS } from './ints.js';
import { JSON_TEXTS } from './json.js';

/** UTIL_CLASS is every function of Util. A further one is one more entry here; of two with one name the later wins. */
export const UTIL_CLASS: LibraryClass = {
  names: ['Util'],
  statics: { ...DATES, ...INTS, ...JSON_TEXTS },
};
