import type { Cluster } from './cluster.js';
import { NO_FAULTS, type FaultRates } from './faults.js';
import type { Random } from './random.js';

const SECOND = 1_000;
const REPLICAS = 3;

/** Chaos breaks processes and their world once in a while, until it is over. */
export class Chaos {
  private over = false;

  constructor(
    private readonly cluster: Cluster,
    private readonly random: Random,
    private readonly rates: FaultRates,
  ) {}

  begin(): void {
    this.cluster.faults = this.rates;
    this.round();
  }

  /** end: from now on everything works, and what is gone comes back. */
  end(): void {
    this.over = true;
    this.cluster.faults = NO_FAULTS;
    this.cluster.network.cutOff.clear();
    for (const replica of this.cluster.replicas) replica.frozenUntil = 0;
  }

  private round(): void {
    this.cluster.world.after(SECOND, 'chaos', undefined, () => {
      if (this.over) return;
      this.strike();
      this.round();
    });
  }

  private strike(): void {
    const { random, rates, cluster } = this;
    const { replicas, executors, world } = cluster;
    if (replicas.length > 0 && random.chance(rates.replicaCrash)) this.crashReplica();
    if (executors.length > 0 && random.chance(rates.executorCrash)) this.crashExecutor();
    if (replicas.length > 0 && random.chance(rates.freeze))
      random.pick(replicas).frozenUntil = world.now + random.between(4, 15) * SECOND;
    if (replicas.length > 0 && random.chance(rates.clockJump))
      random.pick(replicas).offset = random.between(-1_000, 1_000);
    if (random.chance(rates.brokerLoss)) cluster.broker.loseAll();
    if (executors.length > 0 && random.chance(rates.partition)) this.cutOff(random.pick(executors).name);
  }

  private crashReplica(): void {
    const { random, cluster } = this;
    cluster.crashReplica(random.pick(cluster.replicas));
    const again = (): void => {
      if (cluster.replicas.length < REPLICAS) cluster.startReplica();
    };
    cluster.world.after(random.between(0.1, 8) * SECOND, 'a replica starts', undefined, again);
  }

  private crashExecutor(): void {
    const { random, cluster } = this;
    const executor = random.pick(cluster.executors);
    cluster.crashExecutor(executor);
    const name = random.chance(0.5) ? executor.executorId : `${executor.executorId}x`;
    cluster.world.after(random.between(0.1, 12) * SECOND, 'an executor starts', undefined, () =>
      cluster.startExecutor(name),
    );
  }

  private cutOff(name: string): void {
    const { cutOff } = this.cluster.network;
    cutOff.add(name);
    this.cluster.world.after(this.random.between(2, 12) * SECOND, 'a network heals', undefined, () =>
      cutOff.delete(name),
    );
  }
}
