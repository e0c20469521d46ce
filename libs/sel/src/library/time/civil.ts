/**
 * The proleptic Gregorian calendar in whole numbers (Joda's ISOChronology). Days are counted from 1970-01-01; local
 * milliseconds are milliseconds of a wall clock, counted as if its zone were UTC.
 */

export const SECOND = 1_000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

const DAYS_PER_400_YEARS = 146_097;
/** From 0000-03-01, where leap days end the year, to 1970-01-01. */
const DAYS_TO_EPOCH = 719_468;

/** CivilDate is a day of the calendar; month and day count from 1. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** WeekDate is a day by ISO 8601 weeks; Monday is 1. */
export interface WeekDate {
  readonly weekyear: number;
  readonly week: number;
  readonly dayOfWeek: number;
}

/** floorMod is the remainder that has the sign of the (positive) divisor. */
export function floorMod(value: number, divisor: number): number {
  const remainder = value % divisor;
  return remainder < 0 ? remainder + divisor : remainder;
}

/** daysOf counts the days from 1970-01-01; month and day need not be in range: they carry over. */
export function daysOf(year: number, month: number, day: number): number {
  const months = year * 12 + month - 3;
  const marchYear = Math.floor(months / 12);
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (months - marchYear * 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_400_YEARS + dayOfEra - DAYS_TO_EPOCH;
}

/** civilOf is the inverse of `daysOf`. */
export function civilOf(days: number): CivilDate {
  const shifted = days + DAYS_TO_EPOCH;
  const era = Math.floor(shifted / DAYS_PER_400_YEARS);
  const dayOfEra = shifted - era * DAYS_PER_400_YEARS;
  const leapDays = Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

/** daysInYear is 365 or 366. */
export function daysInYear(year: number): number {
  return daysOf(year + 1, 1, 1) - daysOf(year, 1, 1);
}

/** daysInMonth is 28 to 31. */
export function daysInMonth(year: number, month: number): number {
  return daysOf(year, month + 1, 1) - daysOf(year, month, 1);
}

/** dayOfWeekOf is 1 (Monday) to 7; 1970-01-01 was a Thursday. */
export function dayOfWeekOf(days: number): number {
  return floorMod(days + 3, 7) + 1;
}

/** weekyearStart is the Monday of week 1: the week that holds January 4. */
export function weekyearStart(weekyear: number): number {
  const fourth = daysOf(weekyear, 1, 4);
  return fourth - dayOfWeekOf(fourth) + 1;
}

/** weekDateOf tells the ISO week of a day. */
export function weekDateOf(days: number): WeekDate {
  const dayOfWeek = dayOfWeekOf(days);
  const weekyear = civilOf(days - dayOfWeek + 4).year;
  return { weekyear, week: Math.floor((days - weekyearStart(weekyear)) / 7) + 1, dayOfWeek };
}

/** weeksInWeekyear is 52 or 53. */
export function weeksInWeekyear(weekyear: number): number {
  return (weekyearStart(weekyear + 1) - weekyearStart(weekyear)) / 7;
}

/** dayNumberOf is the day of local milliseconds. */
export function dayNumberOf(local: number): number {
  return Math.floor(local / DAY);
}
