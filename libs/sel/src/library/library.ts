import type { LibraryClass } from './library-class.js';
import { MAP_CLASS } from './map.js';
import { STRING_CLASS } from './string.js';

/** LIBRARY is every class of the language: what an expression can call is here, and nothing else. */
export const LIBRARY: readonly LibraryClass[] = [STRING_CLASS, MAP_CLASS];
