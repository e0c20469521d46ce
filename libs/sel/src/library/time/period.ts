import { daysOf, civilOf, DAY, dayNumberOf, daysInMonth, floorMod, HOUR, MINUTE, SECOND } from './civil.js';
import { checkedMs } from './instant-range.js';
import { Moment } from './moment.js';
import { TimeProblem } from './time-problem.js';
import { instantOf } from './zone.js';

/** More months than there are between any two dates; beyond it a count is not worth computing. */
const MAX_MONTHS = 1e7;

/** Unit is a length of time that dates can be moved by: milliseconds of time, days or months of the calendar. */
export type Unit =
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'days'; readonly days: number }
  | { readonly kind: 'months'; readonly months: number };

/** UNITS are the units of `plus` and `minus`, by the names that their members end with. */
export const UNITS = {
  Years: { kind: 'months', months: 12 },
  Months: { kind: 'months', months: 1 },
  Weeks: { kind: 'days', days: 7 },
  Days: { kind: 'days', days: 1 },
  Hours: { kind: 'time', ms: HOUR },
  Minutes: { kind: 'time', ms: MINUTE },
  Seconds: { kind: 'time', ms: SECOND },
  Millis: { kind: 'time', ms: 1 },
} as const satisfies Readonly<Record<string, Unit>>;

/**
 * plus moves a date. Hours and less are time that passes; days and more move the calendar and keep the time of day: the last
 * day where a month is too short, later where the zone skips the time, the first where it has it twice (Joda's
 * ZonedChronology). TimeProblem beyond the years there are.
 */
export function plus(moment: Moment, unit: Unit, count: bigint): Moment {
  if (count === 0n) return moment;
  if (unit.kind === 'time') return new Moment(Number(BigInt(moment.ms) + count * BigInt(unit.ms)), moment.zone);
  return new Moment(instantOf(checkedMs(moved(moment.local, unit, Number(count))), moment.zone), moment.zone);
}

function moved(local: number, unit: Exclude<Unit, { kind: 'time' }>, amount: number): number {
  return unit.kind === 'days' ? local + amount * unit.days * DAY : plusMonths(local, amount * unit.months);
}

function plusMonths(local: number, count: number): number {
  if (Math.abs(count) > MAX_MONTHS) throw new TimeProblem('the date would be outside of the years there are');
  const { year, month, day } = civilOf(dayNumberOf(local));
  const months = year * 12 + month - 1 + count;
  const [toYear, toMonth] = [Math.floor(months / 12), floorMod(months, 12) + 1];
  return daysOf(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth))) * DAY + floorMod(local, DAY);
}

/**
 * between counts the whole units from one date to another, negative when the second is earlier. Hours and less count time
 * that passed; days and more compare what clocks show in the zone of the first date.
 */
export function between(from: Moment, to: Moment, unit: Unit): bigint {
  if (unit.kind === 'time') return times(to.ms, from.ms, unit.ms);
  const [start, end] = [from.local, to.ms + from.zone.offsetAt(to.ms)];
  if (unit.kind === 'days') return times(end, start, unit.days * DAY);
  return BigInt(Math.trunc(monthsBetween(start, end) / unit.months));
}

function monthsBetween(start: number, end: number): number {
  if (end < start) return -monthsBetween(end, start);
  const [from, to] = [civilOf(dayNumberOf(start)), civilOf(dayNumberOf(end))];
  const months = (to.year - from.year) * 12 + to.month - from.month;
  return plusMonths(start, months) > end ? months - 1 : months;
}

/** The two ends of all years lie further apart than a double counts. */
function times(end: number, start: number, size: number): bigint {
  return (BigInt(end) - BigInt(start)) / BigInt(size);
}
