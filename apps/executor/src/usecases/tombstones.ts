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

  /** has says whether the dispatch was cancelled: each time, for its task may lie in the queue twice. */
  has(key: string): boolean {
    return this.keys.has(key);
  }
}
