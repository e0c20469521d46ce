/** ShardOwner is a live replica and the shards that it decides for. */
export interface ShardOwner {
  readonly replicaId: string;
  readonly shards: readonly number[];
}

/** ShardStore keeps which replica decides for which shards, in leases by Postgres' clock. */
export interface ShardStore {
  /** Say that this replica lives, before it decides anything: whoever tells all replicas something tells it, too. */
  enter(): Promise<void>;
  /** Say that this replica lives and keep its leases; answers what it still holds and how many replicas live. */
  renew(): Promise<{ readonly kept: readonly number[]; readonly replicas: number }>;
  /** Take up to `count` shards that nobody holds. */
  take(count: number): Promise<readonly number[]>;
  release(shards: readonly number[]): Promise<void>;
  /** Give up these shards and stop being alive. */
  leave(shards: readonly number[]): Promise<void>;
  owners(): Promise<readonly ShardOwner[]>;
}
