import type { AlertType, Millis } from '@maestro/domain';
import type { Alert, AlertSubject, Resolution, Route, Watch, WatchedType } from '@maestro/alerting';
import type { Page, PageAsk } from '@maestro/service';

export const ALERT_STATES = ['OPEN', 'ACKNOWLEDGED', 'RESOLVED'] as const;
/** RESOLVED: nothing is wrong any more, or nothing ever was. */
export type AlertState = (typeof ALERT_STATES)[number];

/** AddressedAlert is an alert and who is told of it. */
export interface AddressedAlert {
  readonly alert: Alert;
  readonly route: Route;
  /** What is wrong with addresses that are left out. */
  readonly problems: readonly string[];
  /** With which others it is told in one message, a while later; absent: it is told at once. */
  readonly digestKey?: string;
}

/** DurationSample is how long a success took; without a step the run's. */
export interface DurationSample {
  readonly workflowId: string;
  readonly stepId?: string;
  readonly instanceId: bigint;
  readonly runId: bigint;
  readonly durationMs: Millis;
}

/** AlertEffects is what something that happened does; in this order. */
export interface AlertEffects {
  readonly close?: readonly { readonly subject: AlertSubject; readonly type?: WatchedType }[];
  readonly open?: readonly Watch[];
  readonly alerts?: readonly AddressedAlert[];
  readonly resolved?: readonly Resolution[];
  readonly durations?: readonly DurationSample[];
  /** These digests are told now: nothing more will come. */
  readonly flush?: readonly string[];
}

/** StoredAlert is an alert as people look at it. */
export interface StoredAlert extends AddressedAlert {
  readonly key: bigint;
  readonly state: AlertState;
  readonly told: boolean;
  readonly acknowledgeTime?: Millis;
  readonly acknowledgedBy?: string;
  readonly resolveTime?: Millis;
}

export interface AlertFilter {
  readonly tenant?: string;
  readonly workflowId?: string;
  readonly types: readonly AlertType[];
  readonly states: readonly AlertState[];
  readonly since?: Millis;
  readonly until?: Millis;
}

/** Alerts keeps what was found and what is watched, shared by all replicas. */
export interface Alerts {
  /** apply does all or nothing; what is repeated changes nothing. Answers the alerts among them that are stored, now or since before. */
  apply(effects: readonly AlertEffects[]): Promise<readonly Alert[]>;
  /** tellDue tells of digests whose time has come; answers how many. */
  tellDue(): Promise<number>;
  /** takeWatches hands out watches that are due, each to one replica until it is finished or for a while. */
  takeWatches(limit: number): Promise<readonly Watch[]>;
  /** finishWatch does what came of a look, and sets when the next one is due; absent: never. */
  finishWatch(watch: Watch, effects: AlertEffects, next?: Millis): Promise<void>;
  /** nextDue is when the next watch or digest is due; undefined while there is none. */
  nextDue(): Promise<Millis | undefined>;
  findWatch(key: string): Promise<Watch | undefined>;
  /** durations of the latest successes of a workflow or a step of it. */
  durations(workflowId: string, stepId?: string): Promise<readonly Millis[]>;
  list(filter: AlertFilter, ask: PageAsk): Promise<Page<StoredAlert>>;
  find(key: bigint): Promise<StoredAlert | undefined>;
  /** acknowledge notes who looks after an alert, and answers it; undefined: there is none. One that is resolved stays so. */
  acknowledge(key: bigint, by: string): Promise<StoredAlert | undefined>;
  /** isResolved: all that was told of an incident is resolved; of a notice or an unknown incident it is false. */
  isResolved(incident: string): Promise<boolean>;
  /** forget removes all that is watched and known of a workflow that is no more; its open alerts are resolved. */
  forget(workflowId: string): Promise<void>;
  /** deleteOld removes resolved alerts that are older, some at a time; true = there may be more. */
  deleteOld(before: Millis): Promise<boolean>;
}
