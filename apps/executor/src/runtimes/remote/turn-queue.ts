/** TurnQueue gives out what waits in turns between those who asked: one with much to do does not hold up the others. */
export class TurnQueue<T> {
  private readonly lines = new Map<string, Set<T>>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  add(owner: string, item: T): void {
    const line = this.lines.get(owner);
    if (line === undefined) this.lines.set(owner, new Set([item]));
    else line.add(item);
    this.count += 1;
  }

  /** take removes the oldest item of whose turn it is. */
  take(): T | undefined {
    for (const [owner, line] of this.lines) {
      for (const item of line) {
        this.remove(owner, item);
        this.toTheBack(owner);
        return item;
      }
    }
    return undefined;
  }

  /** remove takes an item out; nothing happens when it is not there. */
  remove(owner: string, item: T): void {
    const line = this.lines.get(owner);
    if (line?.delete(item) !== true) return;
    this.count -= 1;
    if (line.size === 0) this.lines.delete(owner);
  }

  *all(): Iterable<T> {
    for (const line of this.lines.values()) yield* line;
  }

  private toTheBack(owner: string): void {
    const line = this.lines.get(owner);
    if (line === undefined) return;
    this.lines.delete(owner);
    this.lines.set(owner, line);
  }
}
