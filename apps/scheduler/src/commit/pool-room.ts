import type { Millis } from '@maestro/domain';
import { unservedLabels, type PoolChooser } from './step-pool.js';
import { poolOfKey } from './task-queue-key.js';

/** PoolLimits says how many unclaimed dispatches of one type and tenant this replica may have in the queue of a pool. */
export interface PoolLimits extends PoolChooser {
  highWater(pool: string): number;
}

/**
 * A dispatch counts for so long at most. Its claim may be committed by another replica, to which the executor reported or which has taken
 * the shard over, and nobody tells this one: without a bound each of those would take a place for ever, until nothing was released any more.
 */
const COUNTED_MILLIS = 5 * 60_000;

/**
 * PoolRoom counts the dispatches that this replica has in each queue (see queueKey) and nobody has claimed or reported yet. Above
 * the high-water mark attempts stay in Postgres, where they can be cancelled, reordered and explained.
 */
export class PoolRoom implements PoolChooser {
  /** Attempts wait in Postgres for room in some pool. */
  waiting = true;
  /** When the dispatches of each queue were made, oldest first. */
  private readonly outstanding = new Map<string, Millis[]>();
  private given = false;

  constructor(
    private readonly limits: PoolLimits,
    private readonly now: () => Millis,
  ) {}

  /** take says whether one more dispatch fits, and counts it. */
  take(queue: string): boolean {
    const taken = this.counted(queue);
    if (taken.length >= this.highWater(queue)) return false;
    taken.push(this.now());
    return true;
  }

  /** give counts a dispatch that was claimed, reported, lost or never published. */
  give(queue: string): void {
    this.counted(queue).shift();
    this.given = true;
  }

  /** takeGiven says whether room was given back since it was last asked. */
  takeGiven(): boolean {
    const { given } = this;
    this.given = false;
    return given;
  }

  /** room is how many more dispatches fit. */
  room(queue: string): number {
    return Math.max(0, this.highWater(queue) - this.counted(queue).length);
  }

  withLabels(labels: readonly string[]): string | undefined {
    return this.limits.withLabels(labels);
  }

  /** Nothing is put where nobody is; what waits there is released as soon as somebody with its labels comes. */
  private highWater(queue: string): number {
    const pool = poolOfKey(queue);
    const labels = unservedLabels(pool);
    const real = labels === undefined ? pool : this.limits.withLabels(labels);
    return real === undefined ? 0 : this.limits.highWater(real);
  }

  private counted(queue: string): Millis[] {
    let taken = this.outstanding.get(queue);
    if (taken === undefined) this.outstanding.set(queue, (taken = []));
    const since = this.now() - COUNTED_MILLIS;
    while (taken[0] !== undefined && taken[0] < since) taken.shift();
    return taken;
  }
}
