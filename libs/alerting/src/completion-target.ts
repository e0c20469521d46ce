import type { Alerting, Millis, TargetCompletionTime } from '@maestro/domain';
import { DateTime } from 'luxon';

const MINUTE = 60_000;
const SECOND = 1_000;

/** RunTime says what time a run stands for, and in which zone its workflow thinks. */
export interface RunTime {
  /** RUN_TS of the run. */
  readonly runTs: Millis;
  readonly timezone: string;
}

/** runTarget is when a run of a workflow with this alerting is to be complete; undefined where nothing says so. */
export function runTarget({ tct, typeConfigs }: Alerting, time: RunTime): Millis | undefined {
  const minutes = typeConfigs?.TCT_VIOLATION?.durationMinutes;
  if (tct !== undefined) return completionTarget(tct, time);
  return minutes === undefined ? undefined : completionTarget({ durationMinutes: minutes }, time);
}

/**
 * completionTarget is when a run is to be complete: N hours count from the midnight that began the run's day, less one second;
 * minutes from its RUN_TS. Undefined where the zone is unknown.
 */
export function completionTarget(tct: TargetCompletionTime, { runTs, timezone }: RunTime): Millis | undefined {
  if (tct.completedByTs !== undefined) return Number(tct.completedByTs);
  if (tct.durationMinutes !== undefined) return runTs + tct.durationMinutes * MINUTE;
  if (tct.completedByHour === undefined) return undefined;
  const day = DateTime.fromMillis(runTs, { zone: tct.tz ?? timezone }).startOf('day');
  if (!day.isValid) return undefined;
  return wallClock(day, tct.completedByHour).toMillis() - SECOND;
}

/** Six o'clock stays six o'clock on the day when clocks change. */
function wallClock(day: DateTime, hours: number): DateTime {
  return day.plus({ days: Math.floor(hours / 24) }).set({ hour: hours % 24 });
}
