/** Closers undo what was opened, last first. */
export class Closers {
  private readonly closers: (() => unknown)[] = [];

  /** add remembers how to close what was just opened. */
  add(close: () => unknown): void {
    this.closers.unshift(close);
  }

  /** closeAll closes everything, each after the one before has ended; a second call finds nothing to do. */
  async closeAll(): Promise<void> {
    for (const close of this.closers.splice(0)) await close();
  }
}
