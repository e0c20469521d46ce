/** A line may be this long: it is held as a whole. */
export const MAX_LINE_CHARS = 16 * 1024 * 1024;

/** TOO_LONG stands for a line that was not kept. */
export const TOO_LONG = Symbol('a line that is too long');

/** Lines cuts text that arrives in pieces into lines; it never holds more than one line that is not complete. */
export class Lines {
  private pieces: string[] = [];
  private chars = 0;

  /** The lines that a piece completes. */
  *add(piece: string): Generator<string | typeof TOO_LONG> {
    let start = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
      this.keep(piece.slice(start, end));
      yield this.take();
      start = end + 1;
    }
    this.keep(piece.slice(start));
  }

  /** The last line when no line break ends it. */
  *end(): Generator<string | typeof TOO_LONG> {
    if (this.chars > 0) yield this.take();
  }

  private keep(part: string): void {
    this.chars += part.length;
    if (this.chars > MAX_LINE_CHARS) this.pieces = [];
    else if (part !== '') this.pieces.push(part);
  }

  private take(): string | typeof TOO_LONG {
    const line = this.chars > MAX_LINE_CHARS ? TOO_LONG : this.pieces.join('');
    this.pieces = [];
    this.chars = 0;
    return line;
  }
}
