import type { Cursor } from './cursor.js';
import { quotedText, readClassEscape } from './escape.js';

/**
 * readClass reads a bracket class after its `[` and writes it for RE2. Java's unions `[a[bc]]` become one class; its
 * intersections and negated classes inside of classes are refused.
 */
export function readClass(cursor: Cursor): string {
  const open = cursor.skip('^') ? '[^' : '[';
  const items: string[] = [];
  let depth = 1;
  while (depth > 0) {
    if (cursor.done) throw cursor.fault('the class [.. has no end');
    if (items.length > 0 && cursor.skip(']')) depth -= 1;
    else if (cursor.skip('[')) depth += nested(cursor);
    else items.push(readItem(cursor));
  }
  return `${open}${items.join('')}]`;
}

function nested(cursor: Cursor): number {
  if (cursor.peek() === '^') throw cursor.fault('a negated class inside of a class is not supported');
  return 1;
}

function readItem(cursor: Cursor): string {
  if (cursor.skip('&&')) throw cursor.fault('intersections of classes (&&) are not supported');
  if (cursor.skip('\\Q')) return quotedText(cursor.until('\\E', '\\Q'));
  if (cursor.skip('\\')) return readClassEscape(cursor);
  const char = cursor.next();
  return char === '-' ? char : quotedText(char);
}
