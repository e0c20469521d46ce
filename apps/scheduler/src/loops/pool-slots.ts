import type { PoolLimits } from '../commit/pool-room.js';
import type { ExecutorLeases, PoolSlots } from '../ports/executor-leases.js';

/** A pool that nobody serves yet gets this many dispatches, so that its first executor finds work at once. */
const FLOOR = 64;
/** A queue of twice the slots keeps executors busy while a report is on its way and the next dispatch comes. */
const QUEUE_FACTOR = 2;

/** KnownPools remembers what the executors of each pool offer, as of the last look. */
export class KnownPools implements PoolLimits {
  private pools: ReadonlyMap<string, PoolSlots> = new Map();
  private replicas = 1;

  constructor(private readonly leases: Pick<ExecutorLeases, 'pools'>) {}

  highWater(pool: string): number {
    const slots = this.pools.get(pool)?.slots ?? 0;
    return Math.max(FLOOR, Math.ceil((slots * QUEUE_FACTOR) / this.replicas));
  }

  /** Of the pools whose executors all have the labels, the one with the most slots; of equals the first by name. */
  withLabels(labels: readonly string[]): string | undefined {
    let best: PoolSlots | undefined;
    for (const pool of this.pools.values()) {
      const has = labels.every((label) => pool.labels.includes(label));
      if (has && (best === undefined || pool.slots > best.slots)) best = pool;
    }
    return best?.pool;
  }

  async refresh(replicas: number): Promise<void> {
    this.replicas = Math.max(1, replicas);
    this.pools = new Map((await this.leases.pools()).map((pool) => [pool.pool, pool]));
  }
}
