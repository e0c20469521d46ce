import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { executorOf } from '@maestro/domain';
import { RenewLeaseReplySchema, RenewLeaseSchema, type RenewLease } from '@maestro/proto/maestro/scheduler/v1/attempt';
import { reportLost, type ExecutorWatchDeps } from '../loops/executor-watch.js';
import type { ExecutorLease } from '../ports/executor-leases.js';
import type { ShardStore } from '../ports/shard-store.js';

export interface RenewLeaseDeps extends ExecutorWatchDeps {
  readonly shards: Pick<ShardStore, 'owners'>;
  /** An executor came or changed what it offers. */
  poolsChanged(): void;
}

/** renewLease answers an executor: whether its lease holds, what time it is, and which replica to report to. */
export async function renewLease(deps: RenewLeaseDeps, data: Uint8Array): Promise<Uint8Array> {
  const lease = leaseOf(fromBinary(RenewLeaseSchema, data));
  const outcome = await deps.leases.renew(lease);
  if (outcome === 'anew') await loseClaims(deps, lease.executorId);
  if (outcome !== 'refused') deps.poolsChanged();
  const owners = await deps.shards.owners();
  const replicas = owners.map(({ replicaId, shards }) => ({ replicaId, shards: [...shards] }));
  const reply = create(RenewLeaseReplySchema, { now: BigInt(deps.now()), renewed: outcome !== 'refused', replicas });
  return toBinary(RenewLeaseReplySchema, reply);
}

/** What the former incarnation held is lost before the new one may claim anything. */
async function loseClaims(deps: RenewLeaseDeps, executorId: string): Promise<void> {
  const claims = (await deps.leases.lost()).filter(({ holder }) => executorOf(holder) === executorId);
  await Promise.all(claims.map((claim) => reportLost(deps, claim)));
}

function leaseOf({
  executorId,
  incarnation,
  pool,
  slots,
  freeSlots,
  draining,
  stepTypes,
  labels,
  address,
}: RenewLease): ExecutorLease {
  return { executorId, incarnation, pool, slots, freeSlots, draining, stepTypes, labels, address };
}
