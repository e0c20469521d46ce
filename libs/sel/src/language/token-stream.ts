import { Fault } from '../runtime/error.js';
import { tokenize, type Token } from './lexer.js';

/** TokenStream walks the tokens of one text. */
export class TokenStream {
  private index = 0;
  private readonly tokens: readonly Token[];

  /** Throws Fault on text that is no token. */
  constructor(text: string) {
    this.tokens = tokenize(text);
  }

  /** peek looks at a coming token; behind the end it stays on `end`. */
  peek(ahead = 0): Token {
    const token = this.tokens[Math.min(this.index + ahead, this.tokens.length - 1)];
    if (!token) throw new Fault('syntax', 'the expression has no tokens', 0);
    return token;
  }

  next(): Token {
    const token = this.peek();
    this.index += 1;
    return token;
  }

  /** isSymbol says whether the coming token is this symbol. */
  isSymbol(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'symbol' && token.value === symbol;
  }

  /** accept consumes the symbol when it is next. */
  accept(symbol: string): boolean {
    const found = this.isSymbol(symbol);
    if (found) this.index += 1;
    return found;
  }

  /** acceptKeyword consumes the keyword when it is next. */
  acceptKeyword(word: string): boolean {
    const { kind, value } = this.peek();
    const found = kind === 'keyword' && value === word;
    if (found) this.index += 1;
    return found;
  }

  /** expectName consumes a name that is no keyword, and gives it. */
  expectName(wanted: string): string {
    const token = this.peek();
    if (token.kind !== 'name') throw this.unexpected(`expected ${wanted}`);
    this.index += 1;
    return token.value;
  }

  /** expect consumes the symbol or fails, naming what stands there instead. */
  expect(symbol: string): void {
    if (!this.accept(symbol)) throw this.unexpected(`expected \`${symbol}\``);
  }

  /** unexpected is the fault for the coming token. */
  unexpected(wanted: string): Fault {
    const token = this.peek();
    const shown = token.kind === 'end' ? token.value : `\`${String(token.value)}\``;
    return new Fault('syntax', `${wanted} but found ${shown}`, token.at);
  }
}
