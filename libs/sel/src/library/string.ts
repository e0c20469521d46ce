import type { LibraryClass } from './library-class.js';
import { EDITING } from './text/editing.js';
import { escapeReceiver, MAKING, NEW } from './text/making.js';
import { MATCHING } from './text/matching.js';
import { SEARCHING } from './text/searching.js';

/** STRING_CLASS is STRING: UTF-16, as in Java. */
export const STRING_CLASS: LibraryClass = {
  names: ['String'],
  type: 'STRING',
  constructors: NEW,
  statics: MAKING,
  methods: {
    ...SEARCHING,
    ...EDITING,
    ...MATCHING,
    'escape/0': escapeReceiver,
    'toString/0': ({ receiver }) => receiver,
  },
};
