import type { Random } from './random.js';

/** FaultRates are probabilities, each per occasion; a seed draws which kinds of fault it has at all. */
export interface FaultRates {
  /** A call to the database fails before it took effect, or after. */
  readonly databaseBefore: number;
  readonly databaseAfter: number;
  /** A message is lost, comes twice, comes late. */
  readonly drop: number;
  readonly repeat: number;
  readonly delay: number;
  /** A batch is not (wholly) stored by the broker, or stored without the sender knowing. */
  readonly publish: number;
  /** Per simulated second: a replica crashes, an executor crashes, leases freeze, a clock jumps, the broker loses all, a run is dropped from a cache. */
  readonly replicaCrash: number;
  readonly executorCrash: number;
  readonly freeze: number;
  readonly clockJump: number;
  readonly brokerLoss: number;
  readonly partition: number;
  /** Reports and acts go to any replica instead of the one that holds the shard. */
  readonly misroute: number;
}

const ALL: FaultRates = {
  databaseBefore: 0.02,
  databaseAfter: 0.02,
  drop: 0.05,
  repeat: 0.05,
  delay: 0.05,
  publish: 0.05,
  replicaCrash: 0.08,
  executorCrash: 0.05,
  freeze: 0.08,
  clockJump: 0.05,
  brokerLoss: 0.02,
  partition: 0.04,
  misroute: 0.3,
};

/** NO_FAULTS: everything works. */
export const NO_FAULTS: FaultRates = mapRates(() => 0);

/** FLAPPING: replicas die, only seem dead, and have clocks that jump, all the time; few seeds that draw their faults have much of that. */
export const FLAPPING: FaultRates = { ...NO_FAULTS, replicaCrash: 0.3, freeze: 0.3, clockJump: 0.2 };

/** drawFaults chooses which kinds of fault a seed has: some seeds have none, some a few, some all. */
export function drawFaults(random: Random): FaultRates {
  const share = random.pick([0, 0.2, 0.5, 0.5, 1]);
  return mapRates((rate) => (random.chance(share) ? rate * random.pick([0.3, 1, 3]) : 0));
}

function mapRates(rate: (most: number) => number): FaultRates {
  return Object.fromEntries(
    Object.entries(ALL).map(([name, most]) => [name, rate(most as number)]),
  ) as unknown as FaultRates;
}
