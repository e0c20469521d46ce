/** So many parts are joined at a time. */
const PARTS = 4_096;

/**
 * TextBuilder joins many small parts in rounds: a list of all of them, or one rope of them, would take many times the memory
 * of the text, and that is what has been paid for.
 */
export class TextBuilder {
  private done = '';
  private parts: string[] = [];

  /** add appends a part. */
  add(part: string): void {
    this.parts.push(part);
    if (this.parts.length >= PARTS) this.flush();
  }

  /** text is all that was added. */
  text(): string {
    this.flush();
    return this.done;
  }

  private flush(): void {
    this.done += this.parts.join('');
    this.parts = [];
  }
}
