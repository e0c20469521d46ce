import type { Millis, ParsableLong, TimeTrigger } from '@maestro/domain';
import { parseDuration } from '@maestro/params';
import { DateTime } from 'luxon';
import { blackoutOf, type Blackout } from './blackout.js';
import { cronRecurrence } from './cron.js';
import { intervalRecurrence } from './interval.js';
import { javaStart, momentOf } from './local-time.js';
import type { Recurrence } from './recurrence.js';
import { ScheduleError } from './schedule-error.js';

/** Schedule is a trigger whose nominal times can be asked for. */
export interface Schedule extends Recurrence {
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
/** More would be a calendar without an open day. */
const MOST_BLACKOUTS_IN_A_ROW = 5_000;

/** compileSchedule makes a trigger ready to be asked. Throws a ScheduleError that names the bad field. */
export function compileSchedule(trigger: TimeTrigger): Schedule {
  const timezone = timezoneOf(trigger.timezone);
  const from = trigger.startDate === undefined ? undefined : momentOf(trigger.startDate, timezone, 'start_date').from;
  const until = trigger.endDate === undefined ? undefined : momentOf(trigger.endDate, timezone, 'end_date').until;
  if (from !== undefined && until !== undefined && until <= from) {
    throw new ScheduleError('end_date', `"${trigger.endDate}" is not after start_date "${trigger.startDate}"`);
  }
  const blackouts = (trigger.blackouts ?? []).map((text) => blackoutOf(text, timezone));
  const bare = recurrenceOf(trigger, timezone, from);
  const open = blackouts.length === 0 ? bare : withoutBlackouts(bare, blackouts);
  return {
    timezone,
    fuzzyMs: trigger.fuzzyMaxDelay === undefined ? 0 : duration(trigger.fuzzyMaxDelay, 'fuzzy_max_delay', 1),
    after: (at) => {
      const next = open.after(from === undefined ? at : Math.max(at, from - 1));
      return next === undefined || (until !== undefined && next >= until) ? undefined : next;
    },
  };
}

function recurrenceOf(trigger: TimeTrigger, timezone: string, from: Millis | undefined): Recurrence {
  switch (trigger.type) {
    case 'CRON':
      return cronRecurrence(trigger.cron, timezone);
    case 'PREDEFINED':
      return cronRecurrence(PREDEFINED[trigger.expression], timezone);
    case 'INTERVAL': {
      // Without a start intervals are counted from the epoch, so that they do not depend on who asks when.
      const first = trigger.start === undefined ? (from ?? 0) : javaStart(trigger.start);
      return intervalRecurrence(first, duration(trigger.interval, 'interval', 1_000));
    }
  }
}

function withoutBlackouts(bare: Recurrence, blackouts: readonly Blackout[]): Recurrence {
  return {
    after: (at) => {
      let from = at;
      for (let round = 0; round < MOST_BLACKOUTS_IN_A_ROW; round += 1) {
        const next = bare.after(from);
        if (next === undefined) return undefined;
        const ends = blackouts.flatMap((blackout) => blackout(next) ?? []);
        if (ends.length === 0) return next;
        from = Math.max(...ends) - 1;
      }
      return undefined;
    },
  };
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
