import type { AwaitedSignal, SignalParams, SignalStep } from '@maestro/domain';

/** WaitKey names an attempt of a step. */
export interface WaitKey {
  readonly runKey: bigint;
  readonly ordinal: number;
  readonly attempt: number;
}

/** WaitAsk is what an attempt waits for. */
export interface WaitAsk extends WaitKey {
  readonly step: SignalStep;
  readonly tenant: string;
  /** Which scheduler replica is told of matches first. */
  readonly replicaId: string;
  /** Positions count; only those that are PENDING are waited for. */
  readonly dependencies: readonly AwaitedSignal[];
}

/** Match is a signal that one dependency waited for. */
export interface Match {
  readonly position: number;
  readonly signalId: bigint;
  readonly params: SignalParams;
}

/** MatchedWait is a match that the attempt's scheduler has to hear of. */
export interface MatchedWait extends WaitKey, Match {
  readonly replicaId: string;
}

/** Waits keeps what attempts wait for. */
export interface Waits {
  /** Opens waits and answers what was announced before, in the order of the asks; what is repeated answers what is known. */
  open(asks: readonly WaitAsk[]): Promise<readonly (readonly Match[])[]>;
  /** Forgets what was waited for in vain. */
  close(keys: readonly WaitKey[]): Promise<void>;
  /** Matches that no scheduler has confirmed, and that are older than a while. */
  undelivered(olderThanMs: number, limit: number): Promise<readonly MatchedWait[]>;
  /** The scheduler has heard of them. */
  delivered(matches: readonly MatchedWait[]): Promise<void>;
}
