/**
 * SelErrorKind says what went wrong: `syntax` (cannot be parsed), `unsupported` (the host at hand cannot
 * answer this), `type` (an operator or method got the wrong type), `method` (no such method or field), `arithmetic`, `index`,
 * `limit` (a text, loop or array too long, a value or text too deep), `value` (an argument of the right type that cannot be
 * used), `thrown` (by `throw`), `host` (a param or param function could not answer).
 */
export type SelErrorKind =
  'syntax' | 'unsupported' | 'type' | 'method' | 'arithmetic' | 'index' | 'limit' | 'value' | 'thrown' | 'host';

/** Fault is an error on its way to the caller: it knows its offset, not yet the text it belongs to. */
export class Fault extends Error {
  override readonly name = 'Fault';

  constructor(
    readonly kind: SelErrorKind,
    message: string,
    readonly offset: number,
    /** The method, field, class or variable that failed, when one did. */
    readonly failingName?: string,
  ) {
    super(message);
  }
}

/** HostError is thrown by a `Scope` that cannot answer; the evaluation fails at the place that asked. */
export class HostError extends Error {
  override readonly name = 'HostError';

  constructor(
    message: string,
    readonly kind: SelErrorKind = 'host',
    /** The name that the scope does not have, when that is why. */
    readonly unknownName?: string,
  ) {
    super(message);
  }
}

/** The excerpt shows at most this many characters on each side of the error. */
const EXCERPT_REACH = 40;

/** SelError is the one error of the language. Line and column are 1-based; `excerpt` is the line with a caret below. */
export class SelError extends Error {
  override readonly name = 'SelError';
  readonly line: number;
  readonly column: number;
  readonly excerpt: string;

  constructor(
    readonly kind: SelErrorKind,
    message: string,
    text: string,
    readonly offset: number,
    /** The name that the scope does not have, when that is why. */
    readonly unknownName?: string,
    /** The method, field, class or variable that failed, when one did; `unknownName` is one. */
    readonly failingName: string | undefined = unknownName,
  ) {
    super(message);
    // Searching backwards from -1 would find a line break at 0.
    const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
    this.line = text.slice(0, start).split('\n').length;
    this.column = offset - start + 1;
    this.excerpt = excerptOf(text, start, offset);
  }
}

function excerptOf(text: string, lineStart: number, offset: number): string {
  const newline = text.indexOf('\n', offset);
  const lineEnd = newline < 0 ? text.length : newline;
  const from = Math.max(lineStart, offset - EXCERPT_REACH);
  const shown = text
    .slice(from, Math.min(lineEnd, offset + EXCERPT_REACH))
    .replaceAll('\t', ' ')
    .replaceAll('\r', ' ');
  return `${shown}\n${' '.repeat(offset - from)}^`;
}

/** faultIn is the error of a fault in its text. */
export function faultIn(text: string, { kind, message, offset, failingName }: Fault): SelError {
  return new SelError(kind, message, text, offset, undefined, failingName);
}
