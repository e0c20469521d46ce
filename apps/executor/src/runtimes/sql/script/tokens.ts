import type { Dialect } from './dialect.js';

/**
 * TokenKind: `blank` is white space or a comment; `quoted` is anything between quotes; `name` and `position` are places of bound
 * values (`:name`, `$1`).
 */
export type TokenKind = 'blank' | 'quoted' | 'word' | 'name' | 'position' | 'end' | 'other';

/** Token is a piece of a script; together the tokens are the script. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

/** Each matches at a position, or not at all. What is not closed goes on to the end: the server says so better than we could. */
const BLANK = /\s+|--[^\n]*/y;
const FLAT_COMMENT = /\/\*[^]*?(?:\*\/|$)/y;
const ESCAPED = /[eE]'(?:[^'\\]|\\[^]|'')*(?:'|\\?$)/y;
const QUOTED = /'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)/y;
const DOLLAR_QUOTE = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const WORD = /[\p{L}\p{N}_][\p{L}\p{N}_$]*/uy;
const NAME = /:[A-Za-z_][A-Za-z0-9_]*/y;
const POSITION = /\$[0-9]+/y;
/** Casts and assignments, whose colons begin no name. */
const COLONS = /::|:=/y;

/** tokensOf cuts a script into tokens. It never fails. */
export function* tokensOf(sql: string, dialect: Dialect): Generator<Token> {
  for (let at = 0; at < sql.length;) {
    const token = tokenAt(sql, at, dialect);
    at += token.text.length;
    yield token;
  }
}

function tokenAt(sql: string, at: number, dialect: Dialect): Token {
  const blank = match(BLANK, sql, at) ?? comment(sql, at, dialect);
  if (blank !== undefined) return { kind: 'blank', text: blank };
  const quoted = quotedAt(sql, at, dialect);
  if (quoted !== undefined) return { kind: 'quoted', text: quoted };
  for (const [kind, pattern] of PATTERNS) {
    const text = match(pattern, sql, at);
    if (text !== undefined) return { kind, text };
  }
  const text = sql[at] ?? '';
  return { kind: text === ';' ? 'end' : 'other', text };
}

const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ['word', WORD],
  ['other', COLONS],
  ['name', NAME],
  ['position', POSITION],
];

function quotedAt(sql: string, at: number, { escapeStrings, dollarQuotes }: Dialect): string | undefined {
  const escaped = escapeStrings ? match(ESCAPED, sql, at) : undefined;
  return escaped ?? match(QUOTED, sql, at) ?? (dollarQuotes ? dollarQuoted(sql, at) : undefined);
}

function dollarQuoted(sql: string, at: number): string | undefined {
  const tag = match(DOLLAR_QUOTE, sql, at);
  if (tag === undefined) return undefined;
  const end = sql.indexOf(tag, at + tag.length);
  return sql.slice(at, end < 0 ? undefined : end + tag.length);
}

function comment(sql: string, at: number, { nestedComments }: Dialect): string | undefined {
  if (!sql.startsWith('/*', at)) return undefined;
  return nestedComments ? nestedComment(sql, at) : match(FLAT_COMMENT, sql, at);
}

function nestedComment(sql: string, start: number): string {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(sql); mark !== null; mark = marks.exec(sql)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return sql.slice(start, marks.lastIndex);
  }
  return sql.slice(start);
}

function match(pattern: RegExp, sql: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0];
}
