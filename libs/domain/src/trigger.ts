import type { ParamDefinitions } from './param.js';
import type { MatchOperator, SignalParamValue } from './signal.js';
import type { Millis, ParsableLong } from './time.js';

export const PREDEFINED_SCHEDULES = ['@hourly', '@daily', '@weekly', '@monthly', '@yearly'] as const;
export type PredefinedSchedule = (typeof PREDEFINED_SCHEDULES)[number];

export const CATCH_UPS = ['ALL', 'LATEST', 'NONE'] as const;
/** CatchUpPolicy says which of the firings that were missed still start: all, the newest one, or none. */
export type CatchUpPolicy = (typeof CATCH_UPS)[number];

interface TimeTriggerCommon {
  readonly timezone?: string;
  /** Spread of the start: a deterministic delay below this, so that many workflows do not start in one second. */
  readonly fuzzyMaxDelay?: ParsableLong;
  /** Default ALL. */
  readonly catchUp?: CatchUpPolicy;
  /** With ALL: of the missed firings at most so many of the newest. */
  readonly maxCatchUp?: number;
  /** Nothing fires before: an ISO date, or date and time, in the trigger's time zone. */
  readonly startDate?: string;
  /** Nothing fires after this day, or from this time on. */
  readonly endDate?: string;
  /** When nothing fires: weekdays (`SAT`), days (`12-25`, `2026-12-24`) and spans (`2026-12-24/2027-01-02`). */
  readonly blackouts?: readonly string[];
  /** Run params of what it starts. */
  readonly params?: ParamDefinitions;
}

export interface CronTrigger extends TimeTriggerCommon {
  readonly type: 'CRON';
  /** Unix (5 fields) or Quartz (6 or 7 fields). */
  readonly cron: string;
}

export interface PredefinedTrigger extends TimeTriggerCommon {
  readonly type: 'PREDEFINED';
  readonly expression: PredefinedSchedule;
}

export interface IntervalTrigger extends TimeTriggerCommon {
  readonly type: 'INTERVAL';
  readonly interval: ParsableLong;
  /** First fire, as `MM-dd-yyyy hh:mm:ss.SSSz`. */
  readonly start?: string;
}

export type TimeTrigger = CronTrigger | PredefinedTrigger | IntervalTrigger;

export interface SignalTriggerMatch {
  readonly matchParams?: Readonly<
    Record<string, { readonly value: SignalParamValue; readonly operator: MatchOperator }>
  >;
  readonly joinKeys?: readonly string[];
}

/** SignalTrigger starts the workflow when one instance of each named signal matches and their join keys agree. */
export interface SignalTrigger {
  readonly definitions: Readonly<Record<string, SignalTriggerMatch>>;
  readonly params?: ParamDefinitions;
  /** Expression: false drops the match. */
  readonly condition?: string;
  /** Expression whose text makes the start idempotent. */
  readonly dedupExpr?: string;
}

export const TRIGGER_FINDING_KINDS = [
  'TIME',
  'WITHHELD',
  'PAUSED',
  'ENDED',
  'FAILING',
  'SKIPPED',
  'FIRED',
  'WAITING_RUN',
  'OTHER_TIME',
  'INACTIVE',
  'SWITCHED_OFF',
  'NONE',
  'SIGNAL',
] as const;
export type TriggerFindingKind = (typeof TRIGGER_FINDING_KINDS)[number];

/** TriggerFinding is one thing that explains why a trigger fired, or does not. */
export interface TriggerFinding {
  readonly kind: TriggerFindingKind;
  readonly since?: Millis | undefined;
  /** When that changes by itself, where it is known. */
  readonly until?: Millis | undefined;
  readonly message: string;
  /** What would change it; absent: nothing need be done. */
  readonly remedy?: string;
}
