import { Fault } from '../../runtime/error.js';
import type { Match, Regex } from './regex.js';

/** Replacement is a text of Java's replacement syntax, taken apart: texts, and groups by number. */
export type Replacement = readonly (string | number)[];

/** readReplacement reads `$1`, `${name}` and `\x`; throws Fault for groups that the pattern does not have. */
export function readReplacement(text: string, regex: Regex, at: number): Replacement {
  const parts: (string | number)[] = [];
  let index = 0;
  while (index < text.length) {
    const special = nextSpecial(text, index);
    if (special > index) parts.push(text.slice(index, special));
    if (special === text.length) break;
    const [part, end] = text.charAt(special) === '\\' ? escaped(text, special, at) : group(text, special, regex, at);
    parts.push(part);
    index = end;
  }
  return parts;
}

/** expand gives the parts that replace one match. */
export function expand(replacement: Replacement, match: Match): readonly string[] {
  return replacement.map((part) => (typeof part === 'number' ? match.group(part) : part));
}

function nextSpecial(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charAt(at) !== '$' && text.charAt(at) !== '\\') at += 1;
  return at;
}

function escaped(text: string, at: number, offset: number): [string, number] {
  if (at + 1 < text.length) return [text.charAt(at + 1), at + 2];
  throw new Fault('value', 'the replacement ends with \\; write \\\\ for a backslash', offset);
}

function group(text: string, at: number, regex: Regex, offset: number): [number, number] {
  return text.charAt(at + 1) === '{' ? namedGroup(text, at, regex, offset) : numberedGroup(text, at, regex, offset);
}

function namedGroup(text: string, at: number, regex: Regex, offset: number): [number, number] {
  const end = text.indexOf('}', at);
  const name = end < 0 ? '' : text.slice(at + 2, end);
  const index = regex.groupNamed(name);
  if (index !== undefined) return [index, end + 1];
  throw new Fault(
    'value',
    `the replacement names a group \${${name}} that the regular expression does not have`,
    offset,
  );
}

/** More digits belong to the number as long as there is such a group, as in Java: `$12` may be group 1 and a 2. */
function numberedGroup(text: string, at: number, regex: Regex, offset: number): [number, number] {
  let end = at + 1;
  let index = Number.parseInt(text.charAt(end), 10);
  if (Number.isNaN(index))
    throw new Fault('value', 'in the replacement a group must follow $; write \\$ for a dollar sign', offset);
  if (index > regex.groups) {
    throw new Fault(
      'index',
      `the replacement uses group ${index}, but the regular expression has ${regex.groups}`,
      offset,
    );
  }
  for (end += 1; /^[0-9]$/.test(text.charAt(end)); end += 1) {
    const longer = index * 10 + Number(text.charAt(end));
    if (longer > regex.groups) break;
    index = longer;
  }
  return [index, end];
}
