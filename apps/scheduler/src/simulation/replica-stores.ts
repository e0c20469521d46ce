import type { ExecutorLeases } from '../ports/executor-leases.js';
import type { OutboxStore } from '../ports/outbox-store.js';
import type { PermitStore } from '../ports/permit-store.js';
import type { QueueSweep } from '../ports/queue-sweep.js';
import type { ReadyStore } from '../ports/ready-store.js';
import type { ShardStore } from '../ports/shard-store.js';
import type { WakeupStore } from '../ports/wakeup-store.js';
import type { DatabaseLink } from './database-link.js';
import * as rows from './memory/side-stores.js';
import type { SimulatedReplica } from './replica.js';

/** ReplicaStores are the ports of a replica beside the RunStore. */
export interface ReplicaStores {
  readonly wakeups: WakeupStore;
  readonly outbox: OutboxStore;
  readonly permits: PermitStore;
  readonly ready: ReadyStore;
  readonly sweep: QueueSweep;
  readonly shards: ShardStore;
  readonly executors: ExecutorLeases;
}

/** replicaStores are the rows in memory at the other end of a replica's link. */
export function replicaStores(replica: SimulatedReplica, link: DatabaseLink): ReplicaStores {
  const { tables, leases, world } = replica.cluster;
  const { locks, record } = replica.cluster.runs;
  const recorded = <T>(call: string, args: readonly unknown[], work: () => T): (() => T) => {
    return () => {
      const answer = work();
      record({ call, args, answer });
      return answer;
    };
  };
  const see = <T>(call: string, args: readonly unknown[], look: () => T): Promise<T> =>
    link.look(call, recorded(call, args, look));
  const change = <T>(call: string, args: readonly unknown[], work: () => T): Promise<T> =>
    link.ask(call, recorded(call, args, work));
  return {
    wakeups: {
      due: (shards, until, limit) => see('due', [shards, until, limit], () => rows.due(tables, shards, until, limit)),
      pendingActions: (runKeys) => see('pendingActions', [runKeys], () => rows.pendingActions(tables, runKeys)),
    },
    outbox: outboxOf(replica, link),
    permits: {
      limited: (since) => see('limited', [since], () => rows.limitedTags(tables, since)),
      setLimit: (tag, at) => change('setLimit', [tag, at], () => rows.setLimit(tables, locks, tag)),
      setStepConcurrency: (tag) => link.ask('set-limit', () => rows.setLimit(tables, locks, tag)),
      withRoom: () => see('withRoom', [], () => rows.tagsWithRoom(tables)),
      admit: (tags, at) =>
        change('admit', [tags, at], () => {
          const admitted = rows.admitWaiting(tables, locks, tags, at);
          world.guard(() => replica.cluster.invariants?.checkPermits());
          return admitted;
        }),
    },
    ready: {
      pools: () => see('readyPools', [], () => rows.readyPools(tables)),
      oldest: (pool, limit) => see('oldestReady', [pool, limit], () => rows.oldestReady(tables, pool, limit)),
    },
    sweep: { waiting: () => see('waitingQueues', [], () => rows.waitingQueues(tables)) },
    shards: shardsOf(replica, link),
    executors: {
      renew: (lease) => link.ask('renew-executor', () => leases.renewExecutor(lease)),
      lost: () => link.look('lost', () => leases.lost()),
      forget: () => link.ask('forget', () => leases.forget()),
      pools: () => link.look('pools', () => leases.pools()),
    },
  };
}

type Lapsed = ReturnType<typeof rows.lapsedOutbox>;

/** What one relay has claimed the others skip, until it is done with it or dead. */
function outboxOf(replica: SimulatedReplica, link: DatabaseLink): OutboxStore {
  const { tables, leases, relaying, runs } = replica.cluster;
  const { record } = runs;
  const remove = (ids: readonly bigint[]): Promise<void> =>
    link.ask('outbox-remove', () => {
      record({ call: 'outboxRemove', args: [ids], answer: undefined });
      for (const id of ids) tables.outbox.delete(id);
    });
  return {
    relayLapsed: async (send) => {
      const claim = (): Lapsed => {
        const isFree = (id: bigint): boolean => relaying.get(id)?.alive !== true;
        const found = rows.lapsedOutbox(tables, (id) => leases.isGone(id), isFree);
        for (const id of found.batchIds) relaying.set(id, replica);
        return found;
      };
      const release = ({ batchIds }: Lapsed): void => batchIds.forEach((id) => relaying.delete(id));
      const claimed = await link.ask('lapsed-outbox', claim, release);
      const { batchIds, open, more } = claimed;
      try {
        if (batchIds.length === 0) return false;
        await send(open);
        await remove(batchIds);
        return more;
      } finally {
        release(claimed);
      }
    },
    remove,
  };
}

function shardsOf(replica: SimulatedReplica, link: DatabaseLink): ShardStore {
  const { leases, world } = replica.cluster;
  const { name } = replica;
  let last: Awaited<ReturnType<ShardStore['renew']>> = { kept: [], replicas: 1 };
  const remember = (kept: readonly number[]): readonly number[] => {
    last = { ...last, kept: [...new Set([...last.kept, ...kept])] };
    return kept;
  };
  return {
    enter: async () => void (await link.ask('enter', () => leases.renewReplica(name))),
    // A process that stood still, or whose answers are old, believes that it still has what others have taken over.
    renew: async () =>
      world.now < replica.frozenUntil ? last : (last = await link.ask('renew-shards', () => leases.renewReplica(name))),
    take: async (count) => remember(await link.ask('take-shards', () => leases.take(name, count))),
    release: (shards) => link.ask('release-shards', () => leases.release(name, shards)),
    leave: (shards) => link.ask('leave', () => leases.release(name, shards)),
    owners: () => link.look('owners', () => leases.owners()),
  };
}
