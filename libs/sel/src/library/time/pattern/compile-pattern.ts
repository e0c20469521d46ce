import { TimeProblem } from '../time-problem.js';
import type { Component } from './component.js';
import { fractionOfSecond } from './fraction-component.js';
import { NAMED_COMPONENTS } from './named-components.js';
import { numberComponent } from './number-component.js';
import { PATTERN_FIELDS as OF } from './pattern-fields.js';
import { splitPattern, type PatternPart } from './split-pattern.js';
import { literalComponent } from './text-component.js';
import { twoDigitYear } from './year-component.js';
import { offsetComponent, zoneIdComponent, zoneNameComponent } from './zone-component.js';

/** Digits that a number has at most when it is read. */
const MOST_DIGITS = { e: 1, d: 2, w: 2, H: 2, k: 2, K: 2, h: 2, m: 2, s: 2, D: 3 } as const;
const YEAR_DIGITS = 9;
const NUMERIC = 'CxyYdhHmsSeDwkK';

/** compilePattern makes the parts of a Joda pattern; TimeProblem for letters that mean nothing. */
export function compilePattern(pattern: string): readonly Component[] {
  const parts = splitPattern(pattern);
  if (parts.length === 0) throw new TimeProblem('a date pattern may not be empty');
  return parts.map((part, index) => componentOf(part, isNumeric(parts[index + 1])));
}

/** Before another number, a number is as wide as its letters: else it would take the digits of the next. */
function isNumeric(next: PatternPart | undefined): boolean {
  if (next?.kind !== 'letters') return false;
  return next.letter === 'M' ? next.count <= 2 : NUMERIC.includes(next.letter);
}

function componentOf(part: PatternPart, numberFollows: boolean): Component {
  if (part.kind === 'literal') return literalComponent(part.text);
  const { letter, count } = part;
  if (letter === 'y' || letter === 'Y' || letter === 'x') return yearComponent(letter, count, numberFollows);
  return (
    numericComponent(letter, count) ?? namedComponent(letter, count) ?? zoneComponent(letter, count) ?? unknown(letter)
  );
}

function yearComponent(letter: 'y' | 'Y' | 'x', count: number, numberFollows: boolean): Component {
  const saved = letter === 'x' ? OF.x : OF.y;
  if (count === 2) return twoDigitYear(OF[letter], saved, !numberFollows);
  return numberComponent(OF[letter], {
    least: count,
    most: numberFollows ? count : YEAR_DIGITS,
    signed: letter !== 'Y',
  });
}

function numericComponent(letter: string, count: number): Component | undefined {
  if (letter === 'S') return fractionOfSecond(count);
  if (letter === 'C') return numberComponent(OF.C, { least: count, most: count, signed: true });
  if (letter === 'M' && count <= 2) return numberComponent(OF.M, { least: count, most: 2, signed: false });
  if (!hasDigits(letter)) return undefined;
  return numberComponent(OF[letter], { least: count, most: Math.max(count, MOST_DIGITS[letter]), signed: false });
}

function hasDigits(letter: string): letter is keyof typeof MOST_DIGITS {
  return Object.hasOwn(MOST_DIGITS, letter);
}

function namedComponent(letter: string, count: number): Component | undefined {
  const named = NAMED_COMPONENTS[count >= 4 ? 'long' : 'short'];
  return Object.hasOwn(named, letter) ? named[letter] : undefined;
}

function zoneComponent(letter: string, count: number): Component | undefined {
  if (letter === 'z') return zoneNameComponent(count >= 4 ? 'long' : 'short');
  if (letter !== 'Z') return undefined;
  if (count >= 3) return zoneIdComponent();
  return offsetComponent(count === 2 ? ':' : '');
}

function unknown(letter: string): never {
  throw new TimeProblem(`the letter ${letter} means nothing in a date pattern; put text into quotes: '${letter}'`);
}
