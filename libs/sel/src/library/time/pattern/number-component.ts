import { digits } from '../iso-text.js';
import type { RankedField } from '../parsed-fields.js';
import { TimeProblem } from '../time-problem.js';
import type { Component } from './component.js';

/** Digits of the longest number that can be right: Joda's numbers have 32 bits. */
const MAX_DIGITS = 10;
const MAX_NUMBER = 2 ** 31 - 1;

/** NumberShape says how a number is written: at least `least` digits, at most `most` when read, with a sign or not. */
export interface NumberShape {
  readonly least: number;
  readonly most: number;
  readonly signed: boolean;
}

/** numberComponent prints and reads a field as a number. */
export function numberComponent(ranked: RankedField, shape: NumberShape): Component {
  return {
    width: Math.max(shape.least, MAX_DIGITS) + 1,
    print: ({ local }) => digits(ranked.field.get(local), shape.least),
    parse: (text, position, into) => {
      const end = numberEnd(text, position, shape);
      if (end === undefined) return undefined;
      into.save(ranked, numberIn(text.slice(position, end)));
      return end;
    },
  };
}

/** numberEnd finds the end of a number that starts at a position; a sign does not count as a digit. */
export function numberEnd(text: string, position: number, { most, signed }: NumberShape): number | undefined {
  const sign = signed && /[+-]/.test(text.charAt(position)) ? 1 : 0;
  const start = position + sign;
  let end = start;
  while (end < text.length && end - start < most && isDigit(text, end)) end += 1;
  return end === start ? undefined : end;
}

/** numberIn reads a number that `numberEnd` found; TimeProblem when it has more than 32 bits. */
export function numberIn(text: string): number {
  const value = Number(text);
  if (Math.abs(value) <= MAX_NUMBER) return value;
  throw new TimeProblem(`the number ${text.slice(0, 2 * MAX_DIGITS)} is too large for a date`);
}

function isDigit(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 48 && code <= 57;
}
