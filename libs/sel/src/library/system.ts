import type { LibraryClass } from './library-class.js';

/** SYSTEM_CLASS tells the time that the host gives: it stands still during an evaluation. */
export const SYSTEM_CLASS: LibraryClass = {
  names: ['System'],
  statics: { 'currentTimeMillis/0': ({ machine }) => BigInt(Math.floor(machine.environment.nowMs)) },
};
