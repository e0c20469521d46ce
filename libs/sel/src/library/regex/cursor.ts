import { Fault, type SelErrorKind } from '../../runtime/error.js';

/** Cursor walks over the text of a pattern. */
export class Cursor {
  at = 0;

  constructor(
    readonly pattern: string,
    private readonly offset: number,
  ) {}

  get done(): boolean {
    return this.at >= this.pattern.length;
  }

  /** The character here, or another one ahead; '' at the end. */
  peek(ahead = 0): string {
    return this.pattern.charAt(this.at + ahead);
  }

  /** next takes one whole code point. */
  next(): string {
    const code = this.pattern.codePointAt(this.at);
    if (code === undefined) throw this.fault('it ends too early');
    const char = String.fromCodePoint(code);
    this.at += char.length;
    return char;
  }

  /** skip takes `text` when it stands here. */
  skip(text: string): boolean {
    if (!this.pattern.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** until takes everything before `end`, and `end`. */
  until(end: string, what: string): string {
    const to = this.pattern.indexOf(end, this.at);
    if (to < 0) throw this.fault(`${what} has no end`);
    const text = this.pattern.slice(this.at, to);
    this.at = to + end.length;
    return text;
  }

  /** digits takes as many as there are, at most `most`. */
  digits(most: number, isDigit = /[0-9]/): string {
    const from = this.at;
    while (this.at - from < most && isDigit.test(this.peek())) this.at += 1;
    return this.pattern.slice(from, this.at);
  }

  fault(message: string, kind: SelErrorKind = 'value'): Fault {
    const shown = this.pattern.length > SHOWN ? `${this.pattern.slice(0, SHOWN)}..` : this.pattern;
    return new Fault(kind, `regular expression \`${shown}\`: ${message} (character ${this.at + 1})`, this.offset);
  }
}

const SHOWN = 60;
