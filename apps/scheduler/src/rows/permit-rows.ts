import type { AttemptKey, Millis } from '@maestro/domain';

/** TagKey names a tag within its tenant. */
export interface TagKey {
  readonly tenant: string;
  readonly name: string;
}

/** TagRow is a tag with a limit, and how many of its permits are granted. */
export interface TagRow extends TagKey {
  /** Set by people; the step concurrency of a workflow; that of an instance, which comes and goes with its permits. */
  readonly kind: 'TAG' | 'WORKFLOW' | 'INSTANCE';
  /** undefined = no limit any more. */
  readonly limit: number | undefined;
  readonly held: number;
}

/** PermitRow is one permit of an attempt: held, or waited for. */
export interface PermitRow extends AttemptKey {
  readonly tenant: string;
  readonly tag: string;
  readonly stepId: string;
  /** All tags that the attempt needs. */
  readonly tags: readonly string[];
  /** Smallest first, then by `seq`. */
  readonly priority: number;
  readonly seq: bigint;
  readonly granted: boolean;
  readonly since: Millis;
}

/** SeedTag is a tag whose limit comes with a run. */
export interface SeedTag extends TagKey {
  readonly limit: number;
}

/** PermitAsk is what a transaction about permits locks and reads. */
export interface PermitAsk {
  readonly at: Millis;
  /** Tags that are asked for or given back. */
  readonly tags: readonly TagKey[];
  readonly seeds: readonly SeedTag[];
  /** Attempts that end: what they hold or wait for is theirs no longer. */
  readonly released: readonly AttemptKey[];
  /** Attempts that may ask. */
  readonly requests: number;
}

/** LockedPermits is what was found under the locks of the tags. */
export interface LockedPermits {
  /** The tags that are locked: those asked for, and what the first of their waiters need besides. */
  readonly tags: readonly TagRow[];
  /** The first waiters of each tag, in order; as many as could have room, unless cut short. */
  readonly waiting: readonly PermitRow[];
  /** Permits of the attempts that end. */
  readonly released: readonly PermitRow[];
  /** A number in the order of requests for each attempt that may ask. */
  readonly seqs: readonly bigint[];
}

/** PermitChanges is what a transaction writes about permits. */
export interface PermitChanges {
  /** Tags of instances whose number was not the one foreseen. */
  readonly seeds: readonly SeedTag[];
  readonly tags: readonly TagRow[];
  readonly inserted: readonly PermitRow[];
  readonly granted: readonly AttemptKey[];
  readonly deleted: readonly AttemptKey[];
  /** Tags that need no row any more unless somebody still waits for them. */
  readonly idle: readonly TagKey[];
}
