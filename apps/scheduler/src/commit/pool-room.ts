/** PoolLimits says how many unclaimed dispatches of a pool this replica may have in the queue. */
export interface PoolLimits {
  highWater(pool: string): number;
}

/**
 * PoolRoom counts the dispatches that this replica has in a pool's queue and nobody has claimed or reported yet. Above
 * the high-water mark attempts stay in Postgres, where they can be cancelled, reordered and explained.
 */
export class PoolRoom {
  /** Attempts wait in Postgres for room in some pool. */
  waiting = true;
  private readonly outstanding = new Map<string, number>();
  private given = false;

  constructor(private readonly limits: PoolLimits) {}

  /** take says whether one more dispatch fits, and counts it. */
  take(pool: string): boolean {
    const used = this.outstanding.get(pool) ?? 0;
    if (used >= this.limits.highWater(pool)) return false;
    this.outstanding.set(pool, used + 1);
    return true;
  }

  /** give counts a dispatch that was claimed, reported, lost or never published. */
  give(pool: string): void {
    const used = this.outstanding.get(pool) ?? 0;
    this.outstanding.set(pool, Math.max(0, used - 1));
    this.given = true;
  }

  /** takeGiven says whether room was given back since it was last asked. */
  takeGiven(): boolean {
    const { given } = this;
    this.given = false;
    return given;
  }

  /** room is how many more dispatches fit. */
  room(pool: string): number {
    return Math.max(0, this.limits.highWater(pool) - (this.outstanding.get(pool) ?? 0));
  }
}
