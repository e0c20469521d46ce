import { DAY, HOUR } from '../civil.js';
import { clockField, FIELDS, WEEKYEAR, YEAR, type Field } from '../field.js';
import { MIN_LOCAL, YEAR_RANGE } from '../instant-range.js';
import { RANKS, type RankedField } from '../parsed-fields.js';

const HALF_DAY = 12 * HOUR;
const CENTURY = 100;

/** Years before Christ have no sign here; the era says it (Joda's ISO year of era, whose year 0 is 0). */
const yearOfEra: Field = {
  name: 'yearOfEra',
  get: (local) => Math.abs(YEAR.get(local)),
  range: () => [0, YEAR_RANGE[1]],
  put: (local, value) => YEAR.put(local, YEAR.get(local) < 0 ? -value : value),
  floor: (local) => YEAR.floor(local),
};

const centuryOfEra: Field = {
  name: 'centuryOfEra',
  get: (local) => Math.floor(yearOfEra.get(local) / CENTURY),
  range: () => [0, Math.floor(YEAR_RANGE[1] / CENTURY)],
  put: (local, value) => yearOfEra.put(local, value * CENTURY + (yearOfEra.get(local) % CENTURY)),
  floor: (local) => YEAR.floor(yearOfEra.put(local, centuryOfEra.get(local) * CENTURY)),
};

const era: Field = {
  name: 'era',
  get: (local) => (YEAR.get(local) > 0 ? 1 : 0),
  range: () => [0, 1],
  put: (local, value) => (era.get(local) === value ? local : YEAR.put(local, -YEAR.get(local))),
  floor: (local) => (YEAR.get(local) > 0 ? YEAR.floor(YEAR.put(local, 1)) : MIN_LOCAL),
};

const hourOfHalfday = clockField('hourOfHalfday', HOUR, HALF_DAY);

/** oneBased counts a clock from 1: 0 is written as the largest value (Joda's ZeroIsMaxDateTimeField). */
function oneBased(name: string, inner: Field, largest: number): Field {
  return {
    name,
    get: (local) => inner.get(local) || largest,
    range: () => [1, largest],
    put: (local, value) => inner.put(local, value % largest),
    floor: (local) => inner.floor(local),
  };
}

const ranked = (field: Field, rank: number): RankedField => ({ field, rank });

/** PATTERN_FIELDS are the fields that letters of a pattern stand for. */
export const PATTERN_FIELDS = {
  G: ranked(era, RANKS.era),
  C: ranked(centuryOfEra, RANKS.century),
  Y: ranked(yearOfEra, RANKS.year),
  y: ranked(YEAR, RANKS.year),
  x: ranked(WEEKYEAR, RANKS.year),
  M: ranked(FIELDS.monthOfYear, RANKS.month),
  w: ranked(FIELDS.weekOfWeekyear, RANKS.week),
  D: ranked(FIELDS.dayOfYear, RANKS.dayOfYear),
  d: ranked(FIELDS.dayOfMonth, RANKS.dayOfMonth),
  e: ranked(FIELDS.dayOfWeek, RANKS.dayOfWeek),
  a: ranked(clockField('halfdayOfDay', HALF_DAY, DAY), RANKS.halfday),
  H: ranked(FIELDS.hourOfDay, RANKS.hour),
  k: ranked(oneBased('clockhourOfDay', FIELDS.hourOfDay, 24), RANKS.hour),
  K: ranked(hourOfHalfday, RANKS.hourOfHalfday),
  h: ranked(oneBased('clockhourOfHalfday', hourOfHalfday, 12), RANKS.hourOfHalfday),
  m: ranked(FIELDS.minuteOfHour, RANKS.partOfHour),
  s: ranked(FIELDS.secondOfMinute, RANKS.partOfMinute),
} as const;
