import { ERAS, HALFDAYS, MONTHS, shortName, WEEKDAYS } from '../names.js';
import type { Component } from './component.js';
import { PATTERN_FIELDS as OF } from './pattern-fields.js';
import { textComponent } from './text-component.js';

const months = { names: MONTHS, from: 1, abbreviate: shortName };
const weekdays = { names: WEEKDAYS, from: 1, abbreviate: shortName };
const halfdays = { names: HALFDAYS, from: 0 };
const eras = { names: ERAS, from: 0 };

/** NAMED_COMPONENTS are the letters that print names: short up to three of them, long from four. */
export const NAMED_COMPONENTS: Readonly<Record<'short' | 'long', Readonly<Record<string, Component>>>> = {
  short: {
    M: textComponent(OF.M, months, 'short'),
    E: textComponent(OF.e, weekdays, 'short'),
    a: textComponent(OF.a, halfdays, 'long'),
    G: textComponent(OF.G, eras, 'long'),
  },
  long: {
    M: textComponent(OF.M, months, 'long'),
    E: textComponent(OF.e, weekdays, 'long'),
    a: textComponent(OF.a, halfdays, 'long'),
    G: textComponent(OF.G, eras, 'long'),
  },
};
