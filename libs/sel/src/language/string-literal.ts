import { Fault } from '../runtime/error.js';

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['n', '\n'],
  ['t', '\t'],
  ['f', '\f'],
  ['r', '\r'],
  ['\\', '\\'],
  ['"', '"'],
  ["'", "'"],
]);

/** stringLiteral decodes a quoted string token; `at` is its offset, for the position of a bad escape. */
export function stringLiteral(quoted: string, at: number): string {
  const body = quoted.slice(1, -1);
  if (!body.includes('\\')) return body;
  return body.replace(/\\([^])/g, (escape: string, char: string, index: number) => {
    const decoded = ESCAPES.get(char);
    if (decoded !== undefined) return decoded;
    throw new Fault(
      'syntax',
      `invalid escape ${escape} in a string; use \\b \\n \\t \\f \\r \\\\ \\" or \\'`,
      at + 1 + index,
    );
  });
}

/**
 * resolveUnicodeEscapes replaces `\uXXXX` everywhere in the text, before it is split into tokens, as in Java source: an
 * escaped backslash before the `u` prevents it. Looks at each run of backslashes once: its time is that of the text.
 */
export function resolveUnicodeEscapes(text: string): string {
  if (!text.includes('\\u')) return text;
  return text.replace(/(?<!\\)(\\+)u+([0-9a-fA-F]{4})/g, (whole: string, slashes: string, code: string) =>
    slashes.length % 2 === 0 ? whole : slashes.slice(1) + String.fromCharCode(parseInt(code, 16)),
  );
}
