import {
  civilOf,
  DAY,
  dayNumberOf,
  daysInMonth,
  daysInYear,
  daysOf,
  floorMod,
  HOUR,
  MINUTE,
  SECOND,
  weekDateOf,
  weeksInWeekyear,
  weekyearStart,
} from './civil.js';
import { YEAR_RANGE } from './instant-range.js';
import { MONTHS, WEEKDAYS } from './names.js';
import { TimeProblem } from './time-problem.js';

/** Field is one number of a date or clock, read from and set in local milliseconds (Joda's DateTimeField). */
export interface Field {
  readonly name: string;
  get(local: number): number;
  /** The smallest and largest value at a date. */
  range(local: number): readonly [number, number];
  /** Sets a value of the range and leaves the other fields as they are, as far as there is such a date. */
  put(local: number, value: number): number;
  /** The first millisecond of the unit that the field counts. */
  floor(local: number): number;
  /** Name of a value, where values have names. */
  text?(value: number): string;
}

/** setField sets a field; TimeProblem when the value is outside of its range at that date. */
export function setField(field: Field, local: number, value: number): number {
  const [min, max] = field.range(local);
  if (value >= min && value <= max) return field.put(local, value);
  throw new TimeProblem(`${field.name} cannot be ${value}: it must be in the range ${min} to ${max}`);
}

/** onDay moves local milliseconds to another day and keeps the time. */
function onDay(local: number, days: number): number {
  return days * DAY + floorMod(local, DAY);
}

/** clampedDay is a day of a month, the last one when the month is shorter. */
function clampedDay(year: number, month: number, day: number): number {
  return daysOf(year, month, Math.min(day, daysInMonth(year, month)));
}

const date = (local: number) => civilOf(dayNumberOf(local));
const week = (local: number) => weekDateOf(dayNumberOf(local));
const floorDay = (local: number): number => dayNumberOf(local) * DAY;

/** YEAR is the proleptic year: 0 is 1 BC. */
export const YEAR: Field = {
  name: 'year',
  get: (local) => date(local).year,
  range: () => YEAR_RANGE,
  put: (local, value) => {
    const { month, day } = date(local);
    return onDay(local, clampedDay(value, month, day));
  },
  floor: (local) => daysOf(date(local).year, 1, 1) * DAY,
};

/** WEEKYEAR is the year that the ISO week belongs to. Setting it keeps week and day of the week. */
export const WEEKYEAR: Field = {
  name: 'weekyear',
  get: (local) => week(local).weekyear,
  range: () => YEAR_RANGE,
  put: (local, value) => {
    const now = week(local);
    const kept = Math.min(now.week, weeksInWeekyear(value));
    return onDay(local, weekyearStart(value) + (kept - 1) * 7 + now.dayOfWeek - 1);
  },
  floor: (local) => weekyearStart(week(local).weekyear) * DAY,
};

const monthOfYear: Field = {
  name: 'monthOfYear',
  get: (local) => date(local).month,
  range: () => [1, 12],
  put: (local, value) => {
    const { year, day } = date(local);
    return onDay(local, clampedDay(year, value, day));
  },
  floor: (local) => {
    const { year, month } = date(local);
    return daysOf(year, month, 1) * DAY;
  },
  text: (value) => MONTHS[value - 1] ?? String(value),
};

const weekOfWeekyear: Field = {
  name: 'weekOfWeekyear',
  get: (local) => week(local).week,
  range: (local) => [1, weeksInWeekyear(week(local).weekyear)],
  put: (local, value) => local + (value - week(local).week) * 7 * DAY,
  floor: (local) => floorDay(local) - (week(local).dayOfWeek - 1) * DAY,
};

const dayOfYear: Field = {
  name: 'dayOfYear',
  get: (local) => dayNumberOf(local) - daysOf(date(local).year, 1, 1) + 1,
  range: (local) => [1, daysInYear(date(local).year)],
  put: (local, value) => onDay(local, daysOf(date(local).year, 1, value)),
  floor: floorDay,
};

const dayOfMonth: Field = {
  name: 'dayOfMonth',
  get: (local) => date(local).day,
  range: (local) => {
    const { year, month } = date(local);
    return [1, daysInMonth(year, month)];
  },
  put: (local, value) => local + (value - date(local).day) * DAY,
  floor: floorDay,
};

const dayOfWeek: Field = {
  name: 'dayOfWeek',
  get: (local) => week(local).dayOfWeek,
  range: () => [1, 7],
  put: (local, value) => local + (value - week(local).dayOfWeek) * DAY,
  floor: floorDay,
  text: (value) => WEEKDAYS[value - 1] ?? String(value),
};

/** clockField counts units of a clock within a larger unit, both in milliseconds. */
export function clockField(name: string, unit: number, within: number): Field {
  const get = (local: number): number => Math.floor(floorMod(local, within) / unit);
  return {
    name,
    get,
    range: () => [0, within / unit - 1],
    put: (local, value) => local + (value - get(local)) * unit,
    floor: (local) => Math.floor(local / unit) * unit,
  };
}

/** FIELDS are the fields that expressions can name, by Joda's names. */
export const FIELDS = {
  year: YEAR,
  weekyear: WEEKYEAR,
  monthOfYear,
  weekOfWeekyear,
  dayOfYear,
  dayOfMonth,
  dayOfWeek,
  hourOfDay: clockField('hourOfDay', HOUR, DAY),
  minuteOfDay: clockField('minuteOfDay', MINUTE, DAY),
  minuteOfHour: clockField('minuteOfHour', MINUTE, HOUR),
  secondOfDay: clockField('secondOfDay', SECOND, DAY),
  secondOfMinute: clockField('secondOfMinute', SECOND, MINUTE),
  millisOfDay: clockField('millisOfDay', 1, DAY),
  millisOfSecond: clockField('millisOfSecond', 1, SECOND),
} as const satisfies Readonly<Record<string, Field>>;
