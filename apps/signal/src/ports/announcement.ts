import type { JsonObject, Millis, SignalInstance, SignalParamValue } from '@maestro/domain';

/** Announcement is what somebody wants to announce, checked. */
export interface Announcement {
  readonly name: string;
  /** What makes it idempotent: the request id, or a hash of name and params. */
  readonly instanceId: string;
  readonly tenant: string;
  readonly params: Readonly<Record<string, SignalParamValue>>;
  readonly payload: JsonObject;
  /** Absent: now. */
  readonly requestTime?: Millis;
  readonly announcedBy?: string;
}

/** Announced is the stored instance; `duplicate` when it had been announced before. */
export interface Announced {
  readonly signal: SignalInstance;
  readonly duplicate: boolean;
}

/** SignalKey names one instance. */
export interface SignalKey {
  readonly name: string;
  readonly seqId: bigint;
}

/** SignalEvent is an instance as outsiders hear of it. */
export interface SignalEvent {
  readonly signal: SignalInstance;
  readonly announcedBy?: string;
}
