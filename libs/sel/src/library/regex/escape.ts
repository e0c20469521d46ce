import { classItems, point, SETS } from './char-set.js';
import type { Cursor } from './cursor.js';
import { propertyClass, propertyItems } from './property.js';

const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['t', 0x09],
  ['n', 0x0a],
  ['r', 0x0d],
  ['f', 0x0c],
  ['a', 0x07],
  ['e', 0x1b],
]);

const REFUSED: ReadonlyMap<string, string> = new Map([
  ['k', 'back-references have no linear time and are not supported'],
  ['G', '\\G is not supported'],
  ['Z', '\\Z is not supported: use $ or \\z'],
  ['X', '\\X is not supported'],
  ['N', '\\N is not supported'],
]);

/** readEscape reads what follows a backslash outside of a bracket class and writes it for RE2. */
export function readEscape(cursor: Cursor): string {
  const char = cursor.next();
  if (char >= '1' && char <= '9') throw refused(cursor, 'k');
  const set = SETS.get(char);
  if (set !== undefined) return `[${classItems(set)}]`;
  if (char === 'R') return `(?:\\r\\n|[\\n-\\r${point(0x85)}${point(0x2028)}${point(0x2029)}])`;
  if (char === 'p' || char === 'P') return propertyClass(propertyName(cursor), char === 'P');
  return 'dDwWbBAz'.includes(char) ? `\\${char}` : literal(cursor, char);
}

/** readClassEscape reads what follows a backslash inside of a bracket class. */
export function readClassEscape(cursor: Cursor): string {
  const char = cursor.next();
  const set = SETS.get(char);
  if (set !== undefined) return classItems(set);
  if (char === 'p' || char === 'P') {
    const name = propertyName(cursor);
    const items = propertyItems(name, char === 'P');
    if (items === undefined) throw cursor.fault(`\\P{${name}} inside of [..] is not supported`);
    return items;
  }
  return 'dDwW'.includes(char) ? `\\${char}` : literal(cursor, char);
}

/** quotedText writes characters that stand for themselves. */
export function quotedText(text: string): string {
  return Array.from(text, (char) => (/[\w\s]/.test(char) ? char : point(char.codePointAt(0) ?? 0))).join('');
}

function literal(cursor: Cursor, char: string): string {
  const control = CONTROLS.get(char);
  if (control !== undefined) return point(control);
  if (char === 'x' || char === 'u' || char === '0' || char === 'c') return point(codePoint(cursor, char));
  if (/[A-Za-z1-9]/.test(char)) throw refused(cursor, char);
  return quotedText(char);
}

function refused(cursor: Cursor, char: string): Error {
  return cursor.fault(REFUSED.get(char) ?? `there is no escape \\${char}`);
}

function codePoint(cursor: Cursor, kind: string): number {
  if (kind === 'c') return (cursor.next().codePointAt(0) ?? 0) ^ 64;
  if (kind === '0') return octal(cursor);
  if (kind === 'x' && cursor.skip('{')) return hex(cursor, cursor.until('}', '\\x{'), 1);
  return kind === 'x' ? hex(cursor, cursor.digits(2, HEX), 2) : utf16(cursor);
}

const HEX = /[0-9A-Fa-f]/;

/** Two escapes of one surrogate pair are one character. */
function utf16(cursor: Cursor): number {
  const high = hex(cursor, cursor.digits(4, HEX), 4);
  const low = /^\\u([dD][c-fC-F][0-9A-Fa-f]{2})/.exec(cursor.pattern.slice(cursor.at, cursor.at + 6))?.[1];
  if (high < 0xd800 || high > 0xdbff || low === undefined) return high;
  cursor.at += 6;
  return 0x10000 + (high - 0xd800) * 0x400 + (Number.parseInt(low, 16) - 0xdc00);
}

function hex(cursor: Cursor, digits: string, least: number): number {
  const code = /^[0-9A-Fa-f]+$/.test(digits) && digits.length >= least ? Number.parseInt(digits, 16) : NaN;
  if (code <= 0x10ffff) return code;
  throw cursor.fault('the hexadecimal number of a character is missing');
}

function octal(cursor: Cursor): number {
  const digits = /^(?:[0-3][0-7]{0,2}|[0-7]{1,2})/.exec(cursor.pattern.slice(cursor.at, cursor.at + 3))?.[0];
  if (digits === undefined) throw cursor.fault('octal digits must follow \\0');
  cursor.at += digits.length;
  return Number.parseInt(digits, 8);
}

function propertyName(cursor: Cursor): string {
  return cursor.skip('{') ? cursor.until('}', '\\p{') : cursor.next();
}
