import type { Millis, SignalParams, SignalTrigger } from '@maestro/domain';

/** WantedTriggers are the signal triggers that a workflow should have: those of its active version. */
export interface WantedTriggers {
  readonly workflowKey: bigint;
  readonly workflowId: string;
  readonly tenant: string;
  /** Position of the change in definition's feed: an older state never replaces a newer one. */
  readonly revision: bigint;
  /** When the definition became so: what was announced since then fires triggers that are new. */
  readonly since: Millis;
  readonly triggers: readonly SubscribedTrigger[];
}

/** SubscribedTrigger is a trigger and its identity: the same trigger of the same workflow keeps what it has gathered. */
export interface SubscribedTrigger {
  readonly uuid: string;
  readonly trigger: SignalTrigger;
}

/** MatchedSignals are the instances that fired a trigger, by signal name. */
export type MatchedSignals = Readonly<Record<string, { readonly seqId: bigint; readonly params: SignalParams }>>;

/** Fired is a trigger that is to start an instance. */
export interface Fired {
  readonly matchId: bigint;
  readonly workflowId: string;
  readonly uuid: string;
  readonly tenant: string;
  readonly trigger: SignalTrigger;
  readonly signals: MatchedSignals;
  readonly attempts: number;
}

/** Settled is what became of it. */
export type Settled =
  | { readonly state: 'STARTED'; readonly instanceId: bigint; readonly runId: bigint; readonly detail?: string }
  | { readonly state: 'DROPPED' | 'FAILED'; readonly detail: string }
  /** Try again later. */
  | { readonly state: 'PENDING'; readonly detail: string; readonly afterMs: number };

/** Triggers keeps the signal triggers of workflows. */
export interface Triggers {
  /**
   * Makes the triggers of a workflow those that are wanted. Announcements since the definition became so fire them, earlier ones do not.
   * Answers how many fired at once.
   */
  subscribe(wanted: WantedTriggers): Promise<number>;
  /** How far definition's feed was read. */
  position(): Promise<bigint>;
  move(position: bigint): Promise<void>;
}

/** FiredTriggers are those that have fired and not started yet. */
export interface FiredTriggers {
  /** Takes the oldest that are due; while `settle` has not said what became of them, no other replica takes them for a while. */
  take(limit: number): Promise<readonly Fired[]>;
  settle(settled: readonly { readonly matchId: bigint; readonly outcome: Settled }[]): Promise<void>;
}
