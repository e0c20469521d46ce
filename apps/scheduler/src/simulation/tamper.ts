import type { CommitDeps } from '../commit/commit-deps.js';
import type { Input } from '../commit/input.js';
import type { SimulatedReplica } from './replica.js';
import type { ReplicaStores } from './replica-stores.js';

/** Tamper is what breaks on purpose in every replica: the ports of its commit loop, those of its other loops, or what it is given. */
export interface Tamper {
  deps?(deps: CommitDeps, replica: SimulatedReplica): CommitDeps;
  stores?(stores: ReplicaStores, replica: SimulatedReplica): ReplicaStores;
  input?(input: Input): Input;
}
