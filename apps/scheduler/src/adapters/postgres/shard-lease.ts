import type { Statement } from '@maestro/postgres';
import { NOW } from './now.js';

/** Tell that this replica is alive, and forget those that have been gone for long. */
export function renewReplica(replicaId: string, engineLevel: number, leaseMs: number): Statement {
  return {
    name: 'replica-renew',
    text: `insert into replica (replica_id, engine_level, expires_at) values ($1, $2, ${NOW} + $3)
           on conflict (replica_id) do update set expires_at = excluded.expires_at`,
    values: [replicaId, engineLevel, leaseMs],
  };
}

/** Rows of replicas that have been gone for a minute: until then the relay tells by them whose messages to send. */
export const forgetReplicas: Statement = {
  name: 'replica-forget',
  text: `delete from replica where expires_at < ${NOW} - 60000`,
};

export const countReplicas: Statement<{ alive: bigint }> = {
  name: 'replica-count',
  text: `select count(*) as alive from replica where expires_at > ${NOW}`,
};

/** Replicas that are alive. */
export const readReplicas: Statement<{ replica_id: string }> = {
  name: 'replica-read',
  text: `select replica_id from replica where expires_at > ${NOW}`,
};

/** Keep the shards that are held; answers which these still are. */
export function renewShards(replicaId: string, leaseMs: number): Statement<{ shard: number }> {
  return {
    name: 'shard-lease-renew',
    text: `update shard_lease set expires_at = ${NOW} + $2 where owner = $1 and expires_at > ${NOW} returning shard`,
    values: [replicaId, leaseMs],
  };
}

/** Take shards that nobody holds, up to a number. */
export function takeShards(replicaId: string, leaseMs: number, count: number): Statement<{ shard: number }> {
  return {
    name: 'shard-lease-take',
    text: `update shard_lease s set owner = $1, epoch = s.epoch + 1, expires_at = ${NOW} + $2
           from (select shard from shard_lease where owner is null or expires_at <= ${NOW}
                 order by shard limit $3 for update skip locked) free
           where s.shard = free.shard returning s.shard`,
    values: [replicaId, leaseMs, count],
  };
}

/** Give shards up at once, for another replica to take. */
export function releaseShards(replicaId: string, shards: readonly number[]): Statement {
  return {
    name: 'shard-lease-release',
    text: 'update shard_lease set owner = null, expires_at = 0 where owner = $1 and shard = any($2::smallint[])',
    values: [replicaId, shards],
  };
}

export function removeReplica(replicaId: string): Statement {
  return { name: 'replica-remove', text: 'delete from replica where replica_id = $1', values: [replicaId] };
}

/** Which live replica decides for which shards. */
export const readOwners: Statement<{ owner: string; shards: readonly number[] }> = {
  name: 'shard-lease-owners',
  text: `select owner, array_agg(shard order by shard)::int[] as shards from shard_lease where expires_at > ${NOW} and owner is not null group by owner`,
};
