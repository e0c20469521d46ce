import { holderOf, SHARDS } from '@maestro/domain';
import type { ExecutorLease, ExecutorLeases, PoolSlots } from '../../ports/executor-leases.js';
import type { ShardOwner, ShardStore } from '../../ports/shard-store.js';
import type { Tables } from './tables.js';

const SHARD_LEASE_MS = 6_000;
const EXECUTOR_LEASE_MS = 8_000;
const FORGET_REPLICA_MS = 60_000;

interface Lease {
  readonly owner: string;
  readonly expiresAt: number;
}

/** MemoryLeases are the rows that say who lives and who decides for what, by the database's clock (adapters/postgres/shard-lease.ts, executor.ts). */
export class MemoryLeases {
  readonly shards = new Map<number, Lease>();
  readonly replicas = new Map<string, number>();
  private readonly executors = new Map<string, ExecutorLease & { readonly expiresAt: number }>();

  constructor(
    private readonly tables: Tables,
    private readonly now: () => number,
  ) {}

  /** When the outbox of a replica may be relayed. */
  isGone(replicaId: string): boolean {
    return (this.replicas.get(replicaId) ?? 0) <= this.now();
  }

  renewReplica(replicaId: string): Awaited<ReturnType<ShardStore['renew']>> {
    const now = this.now();
    this.replicas.set(replicaId, now + SHARD_LEASE_MS);
    for (const [id, expiresAt] of this.replicas) if (expiresAt < now - FORGET_REPLICA_MS) this.replicas.delete(id);
    const kept: number[] = [];
    for (const [shard, { owner, expiresAt }] of this.shards) {
      if (owner !== replicaId || expiresAt <= now) continue;
      this.shards.set(shard, { owner, expiresAt: now + SHARD_LEASE_MS });
      kept.push(shard);
    }
    const replicas = [...this.replicas.values()].filter((expiresAt) => expiresAt > now).length;
    return { kept: kept.sort((left, right) => left - right), replicas };
  }

  take(replicaId: string, count: number): number[] {
    const now = this.now();
    const taken: number[] = [];
    for (let shard = 0; shard < SHARDS && taken.length < count; shard += 1) {
      const known = this.shards.get(shard);
      if (known !== undefined && known.expiresAt > now) continue;
      this.shards.set(shard, { owner: replicaId, expiresAt: now + SHARD_LEASE_MS });
      taken.push(shard);
    }
    return taken;
  }

  release(replicaId: string, shards: readonly number[]): void {
    for (const shard of shards) if (this.shards.get(shard)?.owner === replicaId) this.shards.delete(shard);
  }

  owners(): ShardOwner[] {
    const owners = new Map<string, number[]>();
    for (const [shard, { owner, expiresAt }] of this.shards) {
      if (expiresAt <= this.now()) continue;
      const known = owners.get(owner);
      if (known === undefined) owners.set(owner, [shard]);
      else known.push(shard);
    }
    return [...owners].map(([replicaId, shards]) => ({ replicaId, shards }));
  }

  renewExecutor(lease: ExecutorLease): Awaited<ReturnType<ExecutorLeases['renew']>> {
    const former = this.executors.get(lease.executorId);
    const isRefused = former !== undefined && former.expiresAt <= this.now() && lease.incarnation <= former.incarnation;
    if (isRefused) return 'refused';
    this.executors.set(lease.executorId, { ...lease, expiresAt: this.now() + EXECUTOR_LEASE_MS });
    return former === undefined || former.incarnation === lease.incarnation ? 'renewed' : 'anew';
  }

  lost(): Awaited<ReturnType<ExecutorLeases['lost']>> {
    const alive = [...this.executors.values()].filter(({ expiresAt }) => expiresAt > this.now());
    const holders = new Set(alive.map(({ executorId, incarnation }) => holderOf(executorId, incarnation)));
    return [...this.tables.claims.values()].filter(({ holder }) => !holders.has(holder));
  }

  forget(): void {
    const held = new Set([...this.tables.claims.values()].map(({ holder }) => holder));
    for (const { executorId, incarnation, expiresAt } of this.executors.values()) {
      const isGone = expiresAt <= this.now() && !held.has(holderOf(executorId, incarnation));
      if (isGone) this.executors.delete(executorId);
    }
  }

  pools(): PoolSlots[] {
    const alive = [...this.executors.values()].filter(({ expiresAt, draining }) => expiresAt > this.now() && !draining);
    if (alive.length === 0) return [];
    return [
      { pool: 'default', labels: [], executors: alive.length, slots: alive.reduce((sum, { slots }) => sum + slots, 0) },
    ];
  }
}
