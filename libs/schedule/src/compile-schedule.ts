import type { IntervalTrigger, Millis, ParsableLong, TimeTrigger } from '@maestro/domain';
import { parseDuration } from '@maestro/params';
import { DateTime } from 'luxon';
import { calendarOf, type Calendar } from './calendar.js';
import { cronRecurrence } from './cron.js';
import { intervalRecurrence } from './interval.js';
import { javaStart, momentOf } from './local-time.js';
import type { Recurrence } from './recurrence.js';
import { ScheduleError } from './schedule-error.js';

/** Schedule is a trigger whose nominal times can be asked for. */
export interface Schedule extends Recurrence, Pick<Calendar, 'withheld'> {
  /** What the cron expression or interval gives, without dates and blackouts. */
  readonly bare: Recurrence;
  readonly timezone: string;
  /** Spread of the start: every firing is later than its nominal time by the trigger's own delay below this, in milliseconds. */
  readonly fuzzyMs: number;
}

const UTC = 'UTC';
const PREDEFINED = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
} as const;

/** compileSchedule makes a trigger ready to be asked. Throws a ScheduleError that names the bad field. */
export function compileSchedule(trigger: TimeTrigger): Schedule {
  const timezone = timezoneOf(trigger.timezone);
  const calendar = calendarOf(trigger, timezone);
  const bare = recurrenceOf(trigger, timezone);
  return {
    timezone,
    fuzzyMs: trigger.fuzzyMaxDelay === undefined ? 0 : duration(trigger.fuzzyMaxDelay, 'fuzzy_max_delay', 1),
    bare,
    withheld: (at) => calendar.withheld(at),
    ...calendar.open(bare),
  };
}

function recurrenceOf(trigger: TimeTrigger, timezone: string): Recurrence {
  switch (trigger.type) {
    case 'CRON':
      return cronRecurrence(trigger.cron, timezone);
    case 'PREDEFINED':
      return cronRecurrence(PREDEFINED[trigger.expression], timezone);
    case 'INTERVAL': {
      return intervalRecurrence(firstOf(trigger, timezone), duration(trigger.interval, 'interval', 1_000));
    }
  }
}

/** Without a start intervals are counted from the epoch, so that they do not depend on who asks when. */
function firstOf({ start, startDate }: IntervalTrigger, timezone: string): Millis {
  if (start !== undefined) return javaStart(start);
  return startDate === undefined ? 0 : momentOf(startDate, timezone, 'start_date').from;
}

function timezoneOf(timezone = UTC): string {
  if (DateTime.utc().setZone(timezone).isValid) return timezone;
  throw new ScheduleError('timezone', `"${timezone}" is not a time zone such as UTC or America/New_York`);
}

/** A number is milliseconds for a delay (as the original has it) and seconds for an interval; text is a duration. */
function duration(value: ParsableLong, field: string, unitMs: number): number {
  const ms = typeof value === 'bigint' ? value * BigInt(unitMs) : parseDuration(value);
  if (ms !== undefined && ms >= 0n && (field !== 'interval' || ms > 0n)) return Number(ms);
  throw new ScheduleError(
    field,
    `${JSON.stringify(String(value))} is not a duration such as "10 minutes" or "2h 30min"`,
  );
}
