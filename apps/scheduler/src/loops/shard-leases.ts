import { makeRunKey, RUN_SEQUENCES, SHARDS, shardOf, type Millis, type RunKey } from '@maestro/domain';
import type { ShardStore } from '../ports/shard-store.js';

/** ShardLeases are the shards that this replica decides for: it receives their messages, caches their runs, keeps their timers. */
export class ShardLeases {
  private held: number[] = [];
  private heldSet: ReadonlySet<number> = new Set();
  private turn = 0;
  private draining = false;

  constructor(
    private readonly store: ShardStore,
    private readonly retentionClass: number,
    private readonly onTaken: (shards: readonly number[]) => void,
    /** Where the sequence of its run keys begins: two replicas that had the same shard shortly after each other must not meet. */
    private sequence = Math.floor(Math.random() * RUN_SEQUENCES),
  ) {}

  get shards(): readonly number[] {
    return this.held;
  }

  holds(runKey: RunKey): boolean {
    return this.heldSet.has(shardOf(runKey));
  }

  /** renew keeps the leases, takes free shards up to this replica's share and hands over what is above it. */
  async renew(): Promise<void> {
    if (this.draining) return;
    const { kept, replicas } = await this.store.renew();
    const share = Math.ceil(SHARDS / Math.max(1, replicas));
    const extra = kept.slice(share);
    if (extra.length > 0) await this.store.release(extra);
    const missing = share - kept.length;
    const taken = missing > 0 ? await this.store.take(missing) : [];
    this.setHeld([...kept.slice(0, share), ...taken]);
    if (taken.length > 0) this.onTaken(taken);
  }

  /** newRunKey is a key for a run: of a root run in a shard that this replica holds, so that its events need no other. */
  newRunKey(at: Millis, shard = this.nextShard(), retentionClass = this.retentionClass): RunKey {
    this.sequence = (this.sequence + 1) % RUN_SEQUENCES;
    return makeRunKey({ retentionClass, at, shard, sequence: this.sequence });
  }

  private nextShard(): number {
    this.turn = (this.turn + 1) % Math.max(1, this.held.length);
    return this.held[this.turn] ?? 0;
  }

  /** release hands everything over at once. */
  async release(): Promise<void> {
    this.draining = true;
    const held = this.held;
    this.setHeld([]);
    await this.store.leave(held);
  }

  private setHeld(shards: readonly number[]): void {
    this.held = [...shards].sort((left, right) => left - right);
    this.heldSet = new Set(this.held);
  }
}
