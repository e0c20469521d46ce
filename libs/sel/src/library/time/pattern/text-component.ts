import type { RankedField } from '../parsed-fields.js';
import type { Component } from './component.js';

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
  const shown = style === 'long' ? names : names.map(abbreviate);
  const read = [...names, ...names.map(abbreviate)].map((name, index) => ({
    name: name.toLowerCase(),
    value: from + (index % names.length),
  }));
  return {
    width: Math.max(...shown.map(({ length }) => length)),
    print: ({ local }) => shown[ranked.field.get(local) - from] ?? '',
    parse: (text, position, into) => {
      const found = read.find(({ name }) => text.slice(position, position + name.length).toLowerCase() === name);
      if (!found) return undefined;
      into.save(ranked, found.value);
      return position + found.name.length;
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
