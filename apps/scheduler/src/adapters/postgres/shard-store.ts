import { queryOne } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { ShardStore } from '../../ports/shard-store.js';
import { ENGINE_LEVEL } from './run.js';
import {
  countReplicas,
  forgetReplicas,
  readOwners,
  releaseShards,
  removeReplica,
  renewReplica,
  renewShards,
  takeShards,
} from './shard-lease.js';

/** Renewed every 2 s: two renewals may fail before another replica takes over. */
const LEASE_MS = 6_000;

export function postgresShardStore(pool: Pool, replicaId: string): ShardStore {
  const release = async (shards: readonly number[]): Promise<void> =>
    void (await queryOne(pool, releaseShards(replicaId, shards)));
  return {
    enter: async () => void (await queryOne(pool, renewReplica(replicaId, ENGINE_LEVEL, LEASE_MS))),
    renew: async () => {
      await queryOne(pool, renewReplica(replicaId, ENGINE_LEVEL, LEASE_MS));
      const kept = await queryOne(pool, renewShards(replicaId, LEASE_MS));
      await queryOne(pool, forgetReplicas);
      const [replicas] = await queryOne(pool, countReplicas);
      return {
        kept: kept.map(({ shard }) => shard).sort((left, right) => left - right),
        replicas: Number(replicas?.alive ?? 1n),
      };
    },
    take: async (count) => (await queryOne(pool, takeShards(replicaId, LEASE_MS, count))).map(({ shard }) => shard),
    release,
    leave: async (shards) => {
      await release(shards);
      await queryOne(pool, removeReplica(replicaId));
    },
    owners: async () => (await queryOne(pool, readOwners)).map(({ owner, shards }) => ({ replicaId: owner, shards })),
  };
}
