import type { ParamDefinitions } from './param.js';
import type { MatchOperator, SignalParamValue } from './signal.js';
import type { ParsableLong } from './time.js';

export const PREDEFINED_SCHEDULES = ['@hourly', '@daily', '@weekly', '@monthly', '@yearly'] as const;
export type PredefinedSchedule = (typeof PREDEFINED_SCHEDULES)[number];

interface TimeTriggerCommon {
  readonly timezone?: string;
  /** Spread of the start: a deterministic delay below this, so that many workflows do not start in one second. */
  readonly fuzzyMaxDelay?: ParsableLong;
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
