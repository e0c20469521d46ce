import type { ClaimRow } from '../rows/batch-rows.js';

/** ExecutorLease is what an executor says of itself when it renews. */
export interface ExecutorLease {
  readonly executorId: string;
  /** Raised on each start of the process. */
  readonly incarnation: bigint;
  readonly pool: string;
  readonly slots: number;
  readonly freeSlots: number;
  readonly draining: boolean;
  readonly stepTypes: readonly string[];
  /** What steps may choose it by. */
  readonly labels: readonly string[];
  readonly address: string;
}

/** PoolSlots is what the live executors of a pool offer together. */
export interface PoolSlots {
  readonly pool: string;
  readonly executors: number;
  readonly slots: number;
  /** That all of them have. */
  readonly labels: readonly string[];
}

/** ExecutorLeases knows which executors live and what they hold. */
export interface ExecutorLeases {
  /**
   * `refused`: the lease had run out, what was claimed under it is lost. `anew`: another incarnation held claims before,
   * and those are lost.
   */
  renew(lease: ExecutorLease): Promise<'renewed' | 'anew' | 'refused'>;
  /**
   * What is held under leases that have run out, or whose executor has started anew. A claim may be committed after that: it is looked
   * for among the claims, not under the names of executors that have just gone.
   */
  lost(): Promise<readonly ClaimRow[]>;
  /** Forget executors that are gone and hold nothing. */
  forget(): Promise<void>;
  pools(): Promise<readonly PoolSlots[]>;
}
