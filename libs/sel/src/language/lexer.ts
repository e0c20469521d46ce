import { Fault } from '../runtime/error.js';
import { stringLiteral } from './string-literal.js';
import { KEYWORDS } from './vocabulary.js';

export type Token =
  | { readonly kind: 'long'; readonly value: bigint; readonly at: number }
  | { readonly kind: 'double'; readonly value: number; readonly at: number }
  | { readonly kind: 'string'; readonly value: string; readonly at: number }
  | { readonly kind: 'name' | 'keyword' | 'symbol' | 'end'; readonly value: string; readonly at: number };

const LETTER =
  'A-Za-z$_\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u1fff\\u3040-\\u318f\\u3300-\\u337f\\u3400-\\u3d2d\\u4e00-\\u9fff\\uf900-\\ufaff';
const SKIPPED = /(?:[ \t\r\n\f]+|\/\/[^\r\n]*|\/\*[^]*?\*\/)+/y;
const DOUBLE = /(?:\d+\.\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)[fFdD]?|\d+[fFdD]/y;
const LONG = /(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)[lL]?/y;
const STRING = /'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*"/y;
const NAME = new RegExp(`[${LETTER}][${LETTER}0-9]*`, 'y');
const SYMBOL = />>>=|>>>|<<=|>>=|==|!=|<=|>=|&&|\|\||\+\+|--|<<|>>|[-+*/%&|^]=|[-+*/%!<>=?:;,.()[\]{}~&|^]/y;

const MAX_LONG = (1n << 63n) - 1n;

/** tokenize splits SEL text into tokens, the last of kind `end`; throws Fault on text that is no token. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = skip(text, 0);
  while (at < text.length) {
    const [token, length] = nextToken(text, at);
    tokens.push(token);
    at = skip(text, at + length);
  }
  tokens.push({ kind: 'end', value: 'the end of the expression', at: text.length });
  return tokens;
}

function skip(text: string, at: number): number {
  return at + match(SKIPPED, text, at).length;
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function nextToken(text: string, at: number): [Token, number] {
  const name = match(NAME, text, at);
  if (name) return [{ kind: KEYWORDS.has(name) ? 'keyword' : 'name', value: name, at }, name.length];
  const double = match(DOUBLE, text, at);
  if (double) return [{ kind: 'double', value: Number(double.replace(/[fFdD]$/, '')), at }, double.length];
  const long = match(LONG, text, at);
  if (long) return [{ kind: 'long', value: longValue(long, at), at }, long.length];
  const string = match(STRING, text, at);
  if (string) return [{ kind: 'string', value: stringLiteral(string, at), at }, string.length];
  const symbol = match(SYMBOL, text, at);
  if (symbol && !text.startsWith('/*', at)) return [{ kind: 'symbol', value: symbol, at }, symbol.length];
  throw unexpected(text, at);
}

/** Octal-looking text is decimal and hexadecimal is refused, both as in the original. */
function longValue(text: string, at: number): bigint {
  const digits = text.replace(/[lL]$/, '');
  if (/^0[xX]/.test(digits)) throw new Fault('syntax', `hexadecimal numbers such as ${digits} are not part of SEL`, at);
  const value = digits.length > 19 ? MAX_LONG + 1n : BigInt(digits);
  if (value > MAX_LONG) throw new Fault('syntax', `${digits.slice(0, 30)} does not fit a 64-bit LONG`, at);
  return value;
}

function unexpected(text: string, at: number): Fault {
  if (text.startsWith('/*', at)) return new Fault('syntax', 'this comment is never closed with */', at);
  const char = text[at] ?? '';
  if (char === "'" || char === '"') return new Fault('syntax', `this string is never closed with ${char}`, at);
  return new Fault('syntax', `unexpected character ${JSON.stringify(char)}`, at);
}
