import { randomBytes } from 'node:crypto';
import { replicaBreakpointsSubject, shardHintSubject } from '@maestro/messaging';
import { shardOf } from '@maestro/domain';
import type { Closers } from '@maestro/service';
import { grpcDefinitions } from '../adapters/grpc/definition-store.js';
import { VersionResolver } from '../adapters/grpc/version-resolver.js';
import { grpcWorkflowRemover } from '../adapters/grpc/workflow-remover.js';
import { natsPublisher } from '../adapters/nats/publisher.js';
import { natsSignalService } from '../adapters/nats/signal-service.js';
import { natsTaskQueue } from '../adapters/nats/task-queue.js';
import { postgresBreakpoints } from '../adapters/postgres/breakpoint.js';
import { checkDatabase } from '../adapters/postgres/check-database.js';
import { postgresCopies } from '../adapters/postgres/definition-copies.js';
import { postgresExecutorLeases } from '../adapters/postgres/executor-leases.js';
import { postgresParkedRuns } from '../adapters/postgres/parked-runs.js';
import { ensurePartitions } from '../adapters/postgres/partitions.js';
import { withPartitions } from '../adapters/postgres/with-partitions.js';
import { postgresRunReader } from '../adapters/postgres/run-reader.js';
import { postgresRunStore } from '../adapters/postgres/run-store.js';
import { postgresRunsBelow } from '../adapters/postgres/runs-below.js';
import { postgresShardStore } from '../adapters/postgres/shard-store.js';
import { processTiming } from '../adapters/process/timing.js';
import { postgresWakeups } from '../adapters/postgres/wakeup-store.js';
import type { Assembly } from '../commit/assemble.js';
import { BreakpointBook } from '../commit/breakpoint-book.js';
import { LimitedTags } from '../permits/limited-tags.js';
import { readLimits } from '../loops/watch-permits.js';
import type { PermitStore } from '../ports/permit-store.js';
import { postgresPermits } from '../adapters/postgres/permit-store.js';
import { CommitLoop } from '../commit/commit-loop.js';
import { commitMetrics, observeCore } from '../commit/commit-metrics.js';
import type { Input } from '../commit/input.js';
import { PoolRoom } from '../commit/pool-room.js';
import { RememberedQueues } from '../commit/remembered-queues.js';
import { DEFAULT_RETENTION_CLASS } from '../retention/retention-class.js';
import { RunCache } from '../commit/run-cache.js';
import { RunWatchers } from '../commit/run-watchers.js';
import type { SchedulerConfig } from '../config.js';
import { planSettings } from './plan-settings.js';
import { DispatchWatch } from '../loops/dispatch-watch.js';
import { KnownPools } from '../loops/pool-slots.js';
import { ShardLeases } from '../loops/shard-leases.js';
import { Timers } from '../loops/timers.js';
import type { ExecutorLeases } from '../ports/executor-leases.js';
import type { ShardStore } from '../ports/shard-store.js';
import type { CommitDeps, Publisher } from '../commit/commit-deps.js';
import type { ActionDeps } from '../rpc/action-deps.js';
import type { SchedulerDeps } from '../rpc/scheduler-deps.js';
import { withStepConcurrency } from '../usecases/keep-step-concurrency.js';
import { startChild } from '../usecases/start-child.js';
import type { Base } from './base.js';
import { readSide, runChanges } from './read-side.js';

const MEGABYTE = 1024 * 1024;

/** Core is the commit loop and what works around it. */
export interface Core {
  readonly loop: CommitLoop;
  readonly shards: ShardLeases;
  readonly shardStore: ShardStore;
  readonly timers: Timers;
  readonly pools: KnownPools;
  readonly room: PoolRoom;
  readonly leases: ExecutorLeases;
  readonly publisher: Publisher;
  readonly rpc: SchedulerDeps;
  readonly actions: ActionDeps;
  /** All breakpoints, read before anything is decided. */
  readonly book: BreakpointBook;
  readonly limited: LimitedTags;
  readonly permits: PermitStore;
  /** What waits for commits is told of each; set once the loops run. */
  readonly nudges: Nudges;
  submit(input: Input): void;
  now(): number;
}

/** Nudges wake loops that would otherwise wait for their next round. */
export interface Nudges {
  events(): void;
  ready(): void;
  pools(): void;
}

export async function openCore(config: SchedulerConfig, base: Base, closers: Closers): Promise<Core> {
  const { pools, messaging, telemetry } = base;
  const now = (): number => base.clock.now();
  await checkDatabase(pools.loops);
  await ensurePartitions(pools.loops, now());
  const parts = openParts(config, base, closers);
  const { definitions, copies, breakpoints, watchers, changes, knownPools } = parts;
  await readLimits(parts);
  const shardStore = postgresShardStore(pools.loops, base.replicaId);
  const shards = new ShardLeases(shardStore, DEFAULT_RETENTION_CLASS, () => void timers.scan());
  const submit = (input: Input): void => loop.submit(input);
  const timers = new Timers({
    shards,
    wakeups: postgresWakeups(pools.loops),
    logger: telemetry.logger,
    timing: processTiming,
    now,
    submit,
    hint: (runKey) => messaging.publish(shardHintSubject(shardOf(runKey)), new Uint8Array()),
  });
  const nudges = noNudges();
  const publisher = natsPublisher(messaging);
  const around = { shards, timers, nudges, publisher, submit, now };
  const loop = new CommitLoop(commitDeps(base, parts, around), { maxWaiting: config.maxWaiting });
  observeCore(telemetry.meter, { cache: parts.cache, waiting: () => loop.waiting, shards: () => shards.shards.length });
  closers.add(async () => {
    timers.stop();
    await loop.drain();
    await shards.release();
  });
  const reading = readSide(base, { definitions, watchers, changes });
  const rpc = { ...reading, ...actSide(base), definitions, copies, submit, now };
  const actions = { ...rpc, book: parts.book, breakpoints, replicaId: base.replicaId, tellReplica: tellReplica(base) };
  return { ...parts, ...around, pools: knownPools, loop, shardStore, rpc, actions };
}

/** Around is what works around the commit loop. */
type Around = Pick<Core, 'shards' | 'timers' | 'nudges' | 'publisher' | 'submit' | 'now'>;

function commitDeps(base: Base, parts: Parts, { shards, timers, nudges, publisher, submit, now }: Around): CommitDeps {
  const { pools, messaging, telemetry, evaluator, replicaId } = base;
  const { logger, meter } = telemetry;
  const { definitions, reader, room, limited, book, cache, watchers, changes } = parts;
  const watch = new DispatchWatch({ queue: natsTaskQueue(messaging), logger, timing: processTiming, now, submit });
  return {
    store: postgresRunStore(pools.hot),
    below: postgresRunsBelow(pools.reads),
    definitions,
    cache,
    queues: new RememberedQueues(),
    room,
    limited,
    breakpoints: book,
    publisher,
    watchers,
    evaluator,
    signals: natsSignalService(messaging, replicaId),
    metrics: commitMetrics(meter),
    logger,
    timing: processTiming,
    now,
    newRunKey: (at, shard, retentionClass) => shards.newRunKey(at, shard, retentionClass),
    newBatchId,
    replicaId,
    feedBack: submit,
    afterCommit: (assembly) => nudgeAfter(assembly, room, nudges),
    changed: (runKey) => changes.committed(runKey),
    suspect: (suspect) => watch.suspect(suspect),
    startChild: (ask) => startChild({ definitions, reader, submit, now }, ask),
    rescan: () => void timers.scan(),
    wakeAt: (runKey, at) => timers.wakeAt(runKey, at),
  };
}

/** Ask a replica to read the breakpoints again. */
function tellReplica({ messaging }: Base): ActionDeps['tellReplica'] {
  return async (id, timeoutMs) =>
    void (await messaging.request(replicaBreakpointsSubject(id), new Uint8Array(), { timeoutMs }));
}

/** Until the loops run there is nobody to wake. */
function noNudges(): Nudges {
  return { events: () => undefined, ready: () => undefined, pools: () => undefined };
}

/** What only acts need. */
function actSide({ definition, pools }: Base): Pick<SchedulerDeps, 'remover' | 'parked'> {
  return { remover: grpcWorkflowRemover(definition), parked: postgresParkedRuns(pools.reads) };
}

type Parts = ReturnType<typeof openParts>;

/** What the core is made of and what does not know it. */
function openParts(config: SchedulerConfig, base: Base, closers: Closers) {
  const breakpoints = postgresBreakpoints(base.pools.loops);
  const leases = postgresExecutorLeases(base.pools.loops);
  const knownPools = new KnownPools(leases);
  const copies = postgresCopies(base.pools.reads);
  const resolver = new VersionResolver(base.definition);
  closers.add(() => resolver.close());
  const limits = {
    limited: new LimitedTags(),
    permits: postgresPermits(base.pools.loops),
    now: () => base.clock.now(),
  };
  const definitions = grpcDefinitions(base.definition, resolver, copies, planSettings(config));
  return {
    leases,
    knownPools,
    room: new PoolRoom(knownPools, () => base.clock.now()),
    copies,
    definitions: withPartitions(withStepConcurrency(definitions, limits), base.pools.loops, () => base.clock.now()),
    cache: new RunCache(config.cacheMegabytes * MEGABYTE),
    watchers: new RunWatchers(),
    changes: runChanges(base, closers),
    reader: postgresRunReader(base.pools.reads),
    breakpoints,
    book: new BreakpointBook(() => breakpoints.all()),
    limited: limits.limited,
    permits: limits.permits,
  };
}

/** Attempts wait for room only where a pool is full; as long as none does, commits nudge nobody. */
function nudgeAfter({ rows }: Assembly, room: PoolRoom, nudges: Nudges): void {
  if (rows.events !== undefined) nudges.events();
  if (rows.readyInserts.length > 0) room.waiting = true;
  if (room.waiting && room.takeGiven()) nudges.ready();
}

/** 63 random bits: no two batches of any replicas meet in practice, and a meeting would only fail one insert. */
function newBatchId(): bigint {
  return randomBytes(8).readBigUInt64BE() >> 1n;
}
