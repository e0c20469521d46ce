import type { JsonObject, Millis, SignalInstance, SignalParams, SignalStep } from '@maestro/domain';
import type { MatchedWait } from './waits.js';

/** Announcement is what somebody wants to announce, checked. */
export interface Announcement {
  readonly name: string;
  /** What makes it idempotent: the request id, or a hash of name and params. */
  readonly instanceId: string;
  readonly tenant: string;
  readonly params: SignalParams;
  readonly payload: JsonObject;
  /** Absent: now. */
  readonly requestTime?: Millis;
  readonly announcedBy?: string;
  /** A hash of name and params, where there is no request id: the same content is known again within a while. */
  readonly contentKey?: string;
  /** The attempt of a step that announces it. */
  readonly source?: SignalStep;
}

/** Announced is the stored instance; `duplicate` when it had been announced before. */
export interface Announced {
  readonly signal: SignalInstance;
  readonly duplicate: boolean;
}

/** AnnouncedBatch is what came of a batch: one answer each, whom it freed, and what fired. */
export interface AnnouncedBatch {
  readonly answers: readonly Announced[];
  readonly matched: readonly MatchedWait[];
  /** How many triggers fired. */
  readonly fired: number;
}

/** SignalKey names one instance. */
export interface SignalKey {
  readonly name: string;
  readonly seqId: bigint;
}

/** SignalEvent is an instance as outsiders hear of it. */
export interface SignalEvent {
  readonly signal: SignalInstance;
  readonly tenant: string;
  readonly announcedBy?: string;
}
