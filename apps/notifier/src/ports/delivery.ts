import type { DeliveryState, Json, Millis } from '@maestro/domain';

/** NewDelivery is what somebody is to be told. */
export interface NewDelivery {
  /** The same message goes to a target once; the receiver knows a repeat by it. */
  readonly messageId: string;
  /** Name of a Channel. */
  readonly channel: string;
  /** To whom, as the channel reads it. */
  readonly target: string;
  /** Type of event or alert. */
  readonly kind: string;
  readonly tenant: string;
  readonly workflowId?: string;
  readonly payload: Json;
}

/** Delivery is one that is tried now. */
export interface Delivery extends NewDelivery {
  readonly key: bigint;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly createTime: Millis;
  /** Since when it has been tried; later than its creation when somebody sent it again. */
  readonly pendingSince: Millis;
}

/** Settled is what becomes of a delivery after a try. */
export interface Settled {
  readonly key: bigint;
  /** The try that it is about: a later one of another replica is not overwritten. */
  readonly attempt: number;
  readonly state: DeliveryState;
  readonly answer: string;
  /** Of PENDING: when it is tried again. */
  readonly nextTry?: Millis;
}

/** LaneLimit says how many more a target may get now. */
export interface LaneLimit {
  readonly channel: string;
  readonly target: string;
  readonly room: number;
}

/** TakeAsk says how much can be sent now. */
export interface TakeAsk {
  readonly limit: number;
  /** For a target that is not among `lanes`. */
  readonly perTarget: number;
  readonly lanes: readonly LaneLimit[];
}

/** Deliveries are those that are not settled, shared by all replicas. */
export interface Deliveries {
  /** add stores what is not known; the same message for the same target is one delivery. */
  add(deliveries: readonly NewDelivery[]): Promise<void>;
  /** take leases what is due at an instant: no other replica takes it until it is settled, or for a while. */
  take(ask: TakeAsk, now: Millis): Promise<readonly Delivery[]>;
  settle(settled: readonly Settled[]): Promise<void>;
  /** nextDue is when the next one is due that is not due at an instant: that of the last `take`, so that none falls between. */
  nextDue(now: Millis): Promise<Millis | undefined>;
}
