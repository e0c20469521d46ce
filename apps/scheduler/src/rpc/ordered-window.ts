/**
 * OrderedWindow works on many items of a stream at once and gives the results in the order of the items. It takes no more
 * items while `size` results are under way or wait to be taken.
 */
export class OrderedWindow<R> {
  private readonly running: Promise<R>[] = [];
  private done = false;
  private failure: { readonly error: unknown } | undefined;
  private waiting: (() => void)[] = [];

  constructor(private readonly size: number) {}

  /** fill takes the items; resolves when there are no more. What goes wrong with the stream fails `results`. */
  async fill<T>(items: AsyncIterable<T>, work: (item: T) => Promise<R>): Promise<void> {
    try {
      for await (const item of items) {
        this.running.push(work(item));
        this.wake();
        while (this.running.length >= this.size) await this.changed();
      }
    } catch (error) {
      this.failure = { error };
    }
    this.done = true;
    this.wake();
  }

  async *results(): AsyncGenerator<R> {
    for (;;) {
      const head = this.running[0];
      if (head !== undefined) {
        const result = await head;
        void this.running.shift();
        this.wake();
        yield result;
      } else if (this.failure !== undefined) throw this.failure.error;
      else if (this.done) return;
      else await this.changed();
    }
  }

  private changed(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private wake(): void {
    if (this.waiting.length === 0) return;
    for (const resume of this.waiting.splice(0)) resume();
  }
}
