import type { RankedField } from '../parsed-fields.js';
import type { Component } from './component.js';

/** Fuel of finding a name in a text. */
const SEARCH_COST = 2;

/** NamedValues are the names of a field's values. */
export interface NamedValues {
  /** Names from the field's smallest value on. */
  readonly names: readonly string[];
  /** The smallest value. */
  readonly from: number;
  /** Makes the short form that is also read, and printed on request. */
  readonly abbreviate?: (name: string) => string;
}

/** textComponent prints a field's value by name, and reads long and short names in any case. */
export function textComponent(ranked: RankedField, values: NamedValues, style: 'long' | 'short'): Component {
  const { names, from, abbreviate = (name: string) => name } = values;
  const short = names.map(abbreviate);
  const shown = style === 'long' ? names : short;
  const readable = [...names, ...short].map((name) => name.toLowerCase());
  const anyName = new RegExp(readable.join('|'), 'iy');
  return {
    width: Math.max(...shown.map(({ length }) => length)),
    parseCost: SEARCH_COST,
    print: ({ local }) => shown[ranked.field.get(local) - from] ?? '',
    parse: (text, position, into) => {
      anyName.lastIndex = position;
      const found = anyName.exec(text)?.[0];
      if (found === undefined) return undefined;
      into.save(ranked, from + (readable.indexOf(found.toLowerCase()) % names.length));
      return position + found.length;
    },
  };
}

/** literalComponent is text that stands for itself; capital and small letters are read alike. */
export function literalComponent(literal: string): Component {
  const lower = literal.toLowerCase();
  return {
    width: literal.length,
    print: () => literal,
    parse: (text, position) => {
      const end = position + literal.length;
      return text.slice(position, end).toLowerCase() === lower ? end : undefined;
    },
  };
}
