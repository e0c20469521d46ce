import { silentLogger, type Logger } from '@maestro/telemetry';
import { Broker } from './broker.js';
import type { Catalog } from './catalog.js';
import { SimulatedExecutor } from './executor.js';
import { NO_FAULTS, type FaultRates } from './faults.js';
import type { Invariants } from './invariants.js';
import { MemoryLeases } from './memory/leases.js';
import type { Recorder } from './memory/recorded.js';
import { MemoryRuns } from './memory/run-store.js';
import { Tables } from './memory/tables.js';
import { Network } from './network.js';
import { SimulatedReplica } from './replica.js';
import type { Tamper } from './tamper.js';
import type { Truth } from './truth.js';
import type { World } from './world.js';

/** ClusterParts is what a cluster is made of and does not make itself. */
export interface ClusterParts {
  readonly world: World;
  readonly catalog: Catalog;
  readonly truth: Truth;
  readonly tamper: Tamper;
  /** Dispatches of a pool that a replica may have in the queue. */
  readonly highWater: number;
  readonly record?: Recorder | undefined;
}

/** Cluster is the replicas and executors of a simulation, and what lies between them. */
export class Cluster {
  readonly tables = new Tables();
  readonly runs: MemoryRuns;
  readonly leases: MemoryLeases;
  readonly broker: Broker;
  readonly network: Network;
  readonly replicas: SimulatedReplica[] = [];
  readonly executors: SimulatedExecutor[] = [];
  /** Outbox rows that a relay has locked. */
  readonly relaying = new Map<bigint, SimulatedReplica>();
  faults: FaultRates = NO_FAULTS;
  invariants: Invariants | undefined;
  private batches = 0n;
  private processes = 0;

  constructor(private readonly parts: ClusterParts) {
    const { world } = parts;
    const faults = (): FaultRates => this.faults;
    this.runs = new MemoryRuns(
      this.tables,
      (rows) => world.guard(() => this.invariants?.committed(rows)),
      parts.record,
    );
    this.leases = new MemoryLeases(this.tables, () => world.now);
    this.broker = new Broker(world, faults, (message) => world.guard(() => this.invariants?.published(message)));
    this.network = new Network(world, faults);
  }

  get world(): World {
    return this.parts.world;
  }

  get catalog(): Catalog {
    return this.parts.catalog;
  }

  get highWater(): number {
    return this.parts.highWater;
  }

  nextBatchId(): bigint {
    return (this.batches += 1n);
  }

  startReplica(): void {
    this.processes += 1;
    const replica = new SimulatedReplica(this, `replica-${this.processes}`, this.parts.tamper);
    this.replicas.push(replica);
    void replica.start();
  }

  crashReplica(replica: SimulatedReplica): void {
    replica.crash();
    this.replicas.splice(this.replicas.indexOf(replica), 1);
  }

  /** The same name with a higher incarnation, as a process that is started again, or another one. */
  startExecutor(executorId: string): void {
    this.processes += 1;
    const { world, truth } = this.parts;
    const access = {
      report: (from: SimulatedExecutor, replica: string | undefined, data: Uint8Array) => {
        const to = this.replicaFor(replica);
        return to ? this.network.request(from, to, to.onReports, data, 2_000) : this.nobody(from);
      },
      renew: (from: SimulatedExecutor, data: Uint8Array) => {
        const to = this.replicaFor(undefined);
        return to ? this.network.request(from, to, to.onLease, data, 1_500) : this.nobody(from);
      },
    };
    const executor = new SimulatedExecutor(world, truth, access, executorId, BigInt(this.processes), 4);
    this.executors.push(executor);
    this.broker.join(executor);
  }

  crashExecutor(executor: SimulatedExecutor): void {
    executor.crash();
    this.executors.splice(this.executors.indexOf(executor), 1);
    this.broker.leave(executor);
  }

  /** hint tells the others that a run of a shard has an earlier wakeup. */
  hint(from: SimulatedReplica, shard: number): void {
    for (const to of this.replicas)
      if (to !== from && !this.world.random.chance(this.faults.drop))
        this.world.after(this.world.random.between(0.2, 3), 'a hint arrives', to, () => to.hinted(shard));
  }

  /** The replica of that name, or any when it is gone or messages go astray. */
  replicaFor(name: string | undefined): SimulatedReplica | undefined {
    const { random } = this.world;
    const known = this.replicas.find((replica) => replica.name === name);
    if (known !== undefined && !random.chance(this.faults.misroute)) return known;
    return this.replicas.length === 0 ? undefined : random.pick(this.replicas);
  }

  loggerOf({ name }: { readonly name: string }): Logger {
    const log = (details: unknown, message?: string): void =>
      this.world.tell(`${message ?? ''} ${describe(details)}`, name);
    return { ...silentLogger, warn: log, error: log };
  }

  private nobody(from: SimulatedExecutor): Promise<undefined> {
    return new Promise((resolve) => this.world.after(100, 'nobody is there', from, () => resolve(undefined)));
  }
}

function describe(details: unknown): string {
  const err = typeof details === 'object' && details !== null && 'err' in details ? details.err : details;
  return err instanceof Error ? err.message : '';
}
