import type { Millis } from '@maestro/domain';
import { DateTime } from 'luxon';
import { ScheduleError } from './schedule-error.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const JAVA_START = 'MM-dd-yyyy HH:mm:ss.SSSZZZ';

/** Moment is a text as an instant; a date alone is its whole day. */
export interface Moment {
  readonly from: Millis;
  /** Where it ends: of a date the next midnight, of a time itself. */
  readonly until: Millis;
}

/** momentOf reads an ISO date, or date and time, in a time zone (or with an offset of its own). Throws a ScheduleError. */
export function momentOf(text: string, timezone: string, field: string): Moment {
  const time = DateTime.fromISO(text, { zone: timezone });
  if (!time.isValid) {
    throw new ScheduleError(field, `"${text}" is no date such as 2026-01-31 and no time such as 2026-01-31T06:00`);
  }
  const from = time.toMillis();
  return { from, until: DATE.test(text) ? time.plus({ days: 1 }).toMillis() : from };
}

/** javaStart reads the original's start of an interval: `MM-dd-yyyy hh:mm:ss.SSSz`. Throws a ScheduleError. */
export function javaStart(text: string): Millis {
  const time = DateTime.fromFormat(text.replace(/z$/i, '+0000'), JAVA_START);
  if (time.isValid) return time.toMillis();
  throw new ScheduleError(
    'start',
    `"${text}" must look like MM-dd-yyyy hh:mm:ss.SSSz, e.g. "01-31-2030 06:00:00.000+0000"`,
  );
}
