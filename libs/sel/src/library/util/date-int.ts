import { civilOf, DAY, daysInMonth, daysOf } from '../time/civil.js';
import { digits } from '../time/iso-text.js';
import { TimeProblem } from '../time/time-problem.js';

/** Digits go to year and month first, as where Joda reads YYYYMMdd. */
const DATE_INT = /^(\d{4})(\d{2})(\d{1,2})$/;

/** dayOfDateInt counts the days from 1970 to a date such as 20210131; TimeProblem when there is no such date. */
export function dayOfDateInt(text: string): number {
  const [, yearText, monthText, dayText] = DATE_INT.exec(text) ?? [];
  if (dayText === undefined) throw new TimeProblem(`"${text.slice(0, 20)}" is not a date of the form yyyyMMdd`);
  const [year, month, day] = [Number(yearText), Number(monthText), Number(dayText)];
  if (month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)) return daysOf(year, month, day);
  throw new TimeProblem(`"${text}" is not a date of the form yyyyMMdd: there is no such month or day`);
}

/** dateIntText writes a day as yyyyMMdd; the year has at least four digits and no sign. */
export function dateIntText(day: number): string {
  const { year, month, day: dayOfMonth } = civilOf(day);
  return `${digits(Math.abs(year), 4)}${digits(month, 2)}${digits(dayOfMonth, 2)}`;
}

/** dateIntNumber is `dateIntText` as a number. */
export function dateIntNumber(day: number): bigint {
  const { year, month, day: dayOfMonth } = civilOf(day);
  return BigInt(Math.abs(year) * 10_000 + month * 100 + dayOfMonth);
}

/** dayMs is the first millisecond of a day in UTC. */
export function dayMs(day: number): number {
  return day * DAY;
}
