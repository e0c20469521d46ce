import { shardOf, type Millis, type RunKey } from '@maestro/domain';
import type { Logger } from '@maestro/telemetry';
import type { Assembly } from '../commit/assemble.js';
import type { CommitDeps, Publisher } from '../commit/commit-deps.js';
import { CommitLoop } from '../commit/commit-loop.js';
import type { Input } from '../commit/input.js';
import { PoolRoom } from '../commit/pool-room.js';
import { RememberedQueues } from '../commit/remembered-queues.js';
import { RunCache } from '../commit/run-cache.js';
import { RunWatchers } from '../commit/run-watchers.js';
import { renewLease } from '../consumers/renew-lease.js';
import { takeReports } from '../consumers/reports.js';
import { DispatchWatch } from '../loops/dispatch-watch.js';
import { every, type Repeating } from '../loops/every.js';
import { watchExecutors } from '../loops/executor-watch.js';
import { relayOutbox } from '../loops/outbox-relay.js';
import { releaseReady } from '../loops/release-ready.js';
import { ShardLeases } from '../loops/shard-leases.js';
import { sweepQueues } from '../loops/sweep-queues.js';
import { Timers } from '../loops/timers.js';
import { readLimits, watchPermits } from '../loops/watch-permits.js';
import { LimitedTags } from '../permits/limited-tags.js';
import type { TaskQueue } from '../ports/task-queue.js';
import type { Timing } from '../ports/timing.js';
import { startChild } from '../usecases/start-child.js';
import type { Cluster } from './cluster.js';
import { DatabaseLink } from './database-link.js';
import { simulatedEvaluator } from './evaluator.js';
import { memoryReader } from './memory/run-reader.js';
import { replicaStores, type ReplicaStores } from './replica-stores.js';
import { SimulatedStore } from './simulated-store.js';
import type { Tamper } from './tamper.js';
import type { Owner } from './world.js';

const CACHE_BYTES = 1_000_000;
const MAX_WAITING = 10_000;
const SECOND = 1_000;

/** What all that decides stands on. */
interface Around {
  readonly logger: Logger;
  readonly timing: Timing;
  readonly now: () => Millis;
  readonly submit: (input: Input) => void;
}

/** SimulatedReplica is one scheduler process: the real commit loop and the real loops around it, on the clock of the simulation. */
export class SimulatedReplica implements Owner {
  alive = true;
  readonly loop: CommitLoop;
  readonly shards: ShardLeases;
  readonly timers: Timers;
  readonly cache = new RunCache(CACHE_BYTES);
  readonly limited = new LimitedTags();
  readonly stores: ReplicaStores;
  readonly reader: ReturnType<typeof memoryReader>;
  /** Until then its leases seem to hold, whatever the database says. */
  frozenUntil = 0;
  /** How far its idea of Postgres' time is off. */
  offset = 0;
  private readonly link: DatabaseLink;
  private readonly store: SimulatedStore;
  private readonly room: PoolRoom;
  private ready: Repeating | undefined;
  private latest = 0;
  private surroundings: Around | undefined;

  constructor(
    readonly cluster: Cluster,
    readonly name: string,
    private readonly tamper: Tamper,
  ) {
    const { world } = cluster;
    this.link = new DatabaseLink(world, this, () => cluster.faults);
    this.store = new SimulatedStore(cluster.runs, this.link);
    const stores = replicaStores(this, this.link);
    this.stores = tamper.stores?.(stores, this) ?? stores;
    this.reader = memoryReader(cluster.tables, (label, look) => this.link.look(label, look));
    this.room = new PoolRoom({ highWater: () => cluster.highWater, withLabels: () => undefined }, this.now);
    this.shards = new ShardLeases(this.stores.shards, 0, () => void this.scan(), world.random.below(8_192));
    this.timers = new Timers({
      ...this.around(),
      shards: this.shards,
      wakeups: this.stores.wakeups,
      hint: (runKey) => cluster.hint(this, shardOf(runKey)),
    });
    const deps = this.deps();
    this.loop = new CommitLoop(tamper.deps?.(deps, this) ?? deps, { maxWaiting: MAX_WAITING, foreseen: 100 });
  }

  /** start begins to decide, as compose/loops.ts does. */
  async start(): Promise<void> {
    await this.again(() => this.stores.shards.enter());
    await this.again(() => readLimits({ permits: this.stores.permits, limited: this.limited }));
    await this.again(() => this.shards.renew());
    this.startLoops();
  }

  crash(): void {
    this.alive = false;
    this.store.crashed();
  }

  readonly now = (): Millis => {
    this.latest = Math.max(this.latest, Math.floor(this.cluster.world.now + this.offset));
    return this.latest;
  };

  readonly submit = (input: Input): void => this.loop.submit(this.tamper.input?.(input) ?? input);

  readonly onReports = (data: Uint8Array): Promise<Uint8Array> => takeReports(this.around(), data);

  readonly onLease = (data: Uint8Array): Promise<Uint8Array> =>
    renewLease(
      { ...this.around(), leases: this.stores.executors, shards: this.stores.shards, poolsChanged: () => undefined },
      data,
    );

  /** Somebody has committed an earlier wakeup of one of our runs. */
  hinted(shard: number): void {
    if (this.shards.shards.includes(shard)) void this.scan();
  }

  private around(): Around {
    this.surroundings ??= {
      logger: this.cluster.loggerOf(this),
      timing: this.timing,
      now: this.now,
      submit: this.submit,
    };
    return this.surroundings;
  }

  private get timing(): Timing {
    const { world } = this.cluster;
    return {
      soon: (act) => void world.after(0, 'goes on soon', this, act),
      after: (pauseMs, act) => world.after(pauseMs, 'a timer', this, act),
    };
  }

  private deps(): CommitDeps {
    const { cluster } = this;
    const watch = new DispatchWatch({
      ...this.around(),
      queue: this.queue,
    });
    return {
      ...this.around(),
      store: this.store.port,
      definitions: cluster.catalog,
      below: {
        ofIterations: async () => new Map(),
        ofChild: async () => undefined,
        versionOfChild: async () => undefined,
      },
      cache: this.cache,
      queues: new RememberedQueues(100),
      room: this.room,
      limited: this.limited,
      breakpoints: { of: () => [] },
      publisher: this.publisher,
      watchers: new RunWatchers(),
      evaluator: simulatedEvaluator(cluster.world, this),
      signals: { ask: () => Promise.reject(new Error('steps of the simulation know no signals')) },
      metrics: { batch: noop, commitMs: noop, decideMs: noop, conflict: noop, parked: noop },
      newRunKey: (at, shard) => this.shards.newRunKey(at, shard),
      newBatchId: () => cluster.nextBatchId(),
      replicaId: this.name,
      feedBack: this.submit,
      afterCommit: (assembly) => this.nudge(assembly),
      changed: noop,
      suspect: (suspect) => watch.suspect(suspect),
      startChild: (ask) =>
        startChild({ definitions: cluster.catalog, reader: this.reader, submit: this.submit, now: this.now }, ask),
      rescan: () => void this.scan(),
      wakeAt: (runKey: RunKey, at: Millis) => this.timers.wakeAt(runKey, at),
    };
  }

  get publisher(): Publisher {
    return { publish: (messages) => this.cluster.broker.publish(this, messages) };
  }

  get queue(): TaskQueue {
    const { broker } = this.cluster;
    return {
      oldest: (subject) => broker.ask(this, () => broker.oldest(subject)),
      keptSince: () => broker.ask(this, () => broker.keptSince()),
    };
  }

  private nudge({ rows }: Assembly): void {
    if (rows.readyInserts.length > 0) this.room.waiting = true;
    if (this.room.waiting && this.room.takeGiven()) this.ready?.nudge();
  }

  /** The pauses are those of compose/loops.ts, but for loops that only look: fewer looks make a seed quicker. */
  private startLoops(): void {
    const around = this.around();
    const { stores, publisher, queue, submit } = this;
    const relay = { store: stores.outbox, publisher, queue, now: this.now };
    const permits = {
      permits: stores.permits,
      limited: this.limited,
      now: this.now,
      wakeAt: (runKey: RunKey, at: Millis) => this.timers.wakeAt(runKey, at),
    };
    this.ready = every(5 * SECOND, 'ready', around, () =>
      releaseReady({ ready: stores.ready, room: this.room, now: this.now, submit }),
    );
    every(2 * SECOND, 'shard-leases', around, () => this.shards.renew());
    every(SECOND, 'timers', around, async () => void (await this.timers.scan()));
    every(3 * SECOND, 'permits', around, () => watchPermits(permits));
    every(2 * SECOND, 'executors', around, () => watchExecutors({ leases: stores.executors, now: this.now, submit }));
    every(2 * SECOND, 'outbox-relay', around, () => relayOutbox(relay));
    every(3 * SECOND, 'outbox-clean', around, () => this.loop.tidyOutbox(stores.outbox.remove));
    every(10 * SECOND, 'queue-sweep', around, () => sweepQueues(stores.sweep, submit));
  }

  private async scan(): Promise<void> {
    await this.timers.scan().catch(() => false);
  }

  /** A process that cannot begin is begun again. */
  private async again(work: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await work();
      } catch {
        await new Promise<void>((resolve) => this.timing.after(200, resolve));
      }
    }
  }
}

const noop = (): void => undefined;
