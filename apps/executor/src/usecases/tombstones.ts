/** Enough for every cancel of the time that a task can still lie in the queue; the oldest is forgotten first. */
const MAX_TOMBSTONES = 10_000;

/** Tombstones remember dispatches that were cancelled before they arrived, so that they are not run when they do. */
export class Tombstones {
  private readonly keys = new Set<string>();

  constructor(private readonly max: number = MAX_TOMBSTONES) {}

  add(key: string): void {
    this.keys.add(key);
    if (this.keys.size <= this.max) return;
    for (const oldest of this.keys) {
      this.keys.delete(oldest);
      return;
    }
  }

  /** take says whether the dispatch was cancelled, and forgets it. */
  take(key: string): boolean {
    return this.keys.delete(key);
  }
}
