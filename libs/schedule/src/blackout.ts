import type { Millis } from '@maestro/domain';
import { DateTime } from 'luxon';
import { momentOf } from './local-time.js';
import { ScheduleError } from './schedule-error.js';

/** Blackout says until when nothing may fire; undefined where it does not hold. */
export type Blackout = (at: Millis) => Millis | undefined;

const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];
const YEARLY = /^(\d{2})-(\d{2})$/;

/**
 * blackoutOf reads one entry of `blackouts`, in the time zone of the trigger: a weekday (`SAT`), a day of every year (`12-25`), a day
 * (`2026-12-24`), or a span of days or times, `2026-12-24/2027-01-02` (both days included) or
 * `2026-12-24T18:00/2026-12-24T23:00`. Throws a ScheduleError.
 */
export function blackoutOf(text: string, timezone: string): Blackout {
  const weekday = WEEKDAYS.indexOf(text.toUpperCase());
  if (weekday >= 0) return daysWhere(timezone, (day) => day.weekday === weekday + 1);
  const [, month, date] = YEARLY.exec(text) ?? [];
  if (month !== undefined) return yearly(text, Number(month), Number(date), timezone);
  const [first = '', last = first, ...rest] = text.split('/');
  if (rest.length > 0) throw new ScheduleError('blackouts', `"${text}" is no span: it has more than one "/"`);
  const { from } = momentOf(first, timezone, 'blackouts');
  const { until } = momentOf(last, timezone, 'blackouts');
  if (until <= from) throw new ScheduleError('blackouts', `"${text}" ends before it begins`);
  return (at) => (at >= from && at < until ? until : undefined);
}

function yearly(text: string, month: number, date: number, zone: string): Blackout {
  if (!DateTime.fromObject({ year: 2000, month, day: date }).isValid) {
    throw new ScheduleError('blackouts', `"${text}" is no day of the year: write MM-dd`);
  }
  return daysWhere(zone, (day) => day.month === month && day.day === date);
}

function daysWhere(zone: string, holds: (day: DateTime) => boolean): Blackout {
  return (at) => {
    const day = DateTime.fromMillis(at, { zone });
    return holds(day) ? day.startOf('day').plus({ days: 1 }).toMillis() : undefined;
  };
}
