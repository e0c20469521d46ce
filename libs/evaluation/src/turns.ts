/** Turns is a queue in which owners take turns; what one owner has keeps its order. */
export class Turns<T> {
  private readonly waiting = new Map<string, T[]>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  add(owner: string, item: T): void {
    const known = this.waiting.get(owner);
    if (known === undefined) this.waiting.set(owner, [item]);
    else known.push(item);
    this.count += 1;
  }

  /** take gives the next item: of the owner who has waited longest for a turn. */
  take(): T | undefined {
    for (const [owner, items] of this.waiting) {
      this.waiting.delete(owner);
      const item = items.shift();
      if (items.length > 0) this.waiting.set(owner, items);
      this.count -= 1;
      return item;
    }
    return undefined;
  }
}
