import type { Millis } from '@maestro/domain';

/** PoolLimits says how many unclaimed dispatches of a pool this replica may have in the queue. */
export interface PoolLimits {
  highWater(pool: string): number;
}

/**
 * A dispatch counts for so long at most. Its claim may be committed by another replica, to which the executor reported or which has taken
 * the shard over, and nobody tells this one: without a bound each of those would take a place for ever, until nothing was released any more.
 */
const COUNTED_MILLIS = 5 * 60_000;

/**
 * PoolRoom counts the dispatches that this replica has in a pool's queue and nobody has claimed or reported yet. Above
 * the high-water mark attempts stay in Postgres, where they can be cancelled, reordered and explained.
 */
export class PoolRoom {
  /** Attempts wait in Postgres for room in some pool. */
  waiting = true;
  /** When the dispatches of each pool were made, oldest first. */
  private readonly outstanding = new Map<string, Millis[]>();
  private given = false;

  constructor(
    private readonly limits: PoolLimits,
    private readonly now: () => Millis,
  ) {}

  /** take says whether one more dispatch fits, and counts it. */
  take(pool: string): boolean {
    const taken = this.counted(pool);
    if (taken.length >= this.limits.highWater(pool)) return false;
    taken.push(this.now());
    return true;
  }

  /** give counts a dispatch that was claimed, reported, lost or never published. */
  give(pool: string): void {
    this.counted(pool).shift();
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
    return Math.max(0, this.limits.highWater(pool) - this.counted(pool).length);
  }

  private counted(pool: string): Millis[] {
    let taken = this.outstanding.get(pool);
    if (taken === undefined) this.outstanding.set(pool, (taken = []));
    const since = this.now() - COUNTED_MILLIS;
    while (taken[0] !== undefined && taken[0] < since) taken.shift();
    return taken;
  }
}
