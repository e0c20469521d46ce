import type { AlertType, Millis } from '@maestro/domain';
import type { AlertSubject } from './alert.js';

/** These are found by looking at the clock. */
export type WatchedType = Extract<AlertType, 'TCT_VIOLATION' | 'LONG_RUNNING' | 'DEPENDENCY_LATE' | 'SUCCESS_WITHIN'>;

/** Watch is something that may last too long, and when to look at it next. */
export interface Watch {
  /** That of the alert, so that nothing is watched twice. */
  readonly key: string;
  readonly type: WatchedType;
  readonly tenant: string;
  readonly subject: AlertSubject;
  /** Since when it lasts. */
  readonly since: Millis;
  /** When it is too late. */
  readonly limit: Millis;
  readonly due: Millis;
}

/** WatchFacts is what is known of the watched thing now. */
export interface WatchFacts {
  readonly now: Millis;
  /** It has ended, or goes on with something else. */
  readonly over: boolean;
  /** When it began; absent: it waits for its turn. */
  readonly startTime?: Millis;
  /** How long it usually takes; absent: unknown. */
  readonly usual?: Millis;
}
