import { ScheduleError } from './schedule-error.js';

/** CronerPattern is a cron expression as croner takes it. */
export interface CronerPattern {
  readonly pattern: string;
  readonly mode: '5-part' | '6-or-7-parts';
  /** Weekdays are 1 = Sunday to 7 = Saturday. */
  readonly alternativeWeekdays: boolean;
  /** Days by which what matches is shifted. */
  readonly dayOffset: number;
}

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const SECOND: Field = { name: 'second', least: 0, most: 59 };
const MINUTE: Field = { name: 'minute', least: 0, most: 59 };
const HOUR: Field = { name: 'hour', least: 0, most: 23 };
const DAY: Field = { name: 'day of month', least: 1, most: 31 };
const MONTH: Field = { name: 'month', least: 1, most: 12, words: MONTHS };
const UNIX_WEEKDAY: Field = { name: 'day of week', least: 0, most: 7, words: DAYS };
const QUARTZ_WEEKDAY: Field = { name: 'day of week', least: 1, most: 7, words: DAYS };
const YEAR: Field = { name: 'year', least: 1970, most: 2199 };

const UNIX = [MINUTE, HOUR, DAY, MONTH, UNIX_WEEKDAY];
const QUARTZ = [SECOND, MINUTE, HOUR, DAY, MONTH, QUARTZ_WEEKDAY, YEAR];
const BEFORE_LAST = /^L-(\d{1,2})$/i;
const RANGE = /^([^-/]+)-([^-/]+)(\/\d+)?$/;
const STEP = /^([^-/*]+)(\/\d+)$/;

/**
 * cronerPattern reads a cron expression as Unix (5 fields) or as Quartz (6 or 7) and writes it as croner takes it. What croner has not is
 * put into its terms: `5/15`, ranges that go over the end (`FRI-MON`), `L` as a day of the week, and `L-3`. Throws a ScheduleError.
 */
export function cronerPattern(cron: string): CronerPattern {
  const given = cron.trim().split(/\s+/);
  const fields = given.length === 5 ? UNIX : QUARTZ;
  if (given.length < 5 || given.length > 7) {
    throw new ScheduleError(
      'cron',
      `needs 5 fields (Unix) or 6 to 7 (Quartz), not ${cron.trim() === '' ? 0 : given.length}`,
    );
  }
  const quartz = fields === QUARTZ;
  const beforeLast = quartz ? Number(BEFORE_LAST.exec(given[3] ?? '')?.[1] ?? 0) : 0;
  const pattern = given.map((text, at) => inCronersTerms(text, fields[at] ?? YEAR)).join(' ');
  return {
    pattern,
    mode: quartz ? '6-or-7-parts' : '5-part',
    alternativeWeekdays: quartz,
    dayOffset: beforeLast === 0 ? 0 : -beforeLast,
  };
}

function inCronersTerms(text: string, field: Field): string {
  if (field === DAY && BEFORE_LAST.test(text)) return 'L';
  return text
    .split(',')
    .map((part) => item(part, field))
    .join(',');
}

function item(part: string, field: Field): string {
  checkValues(part, field);
  if (field === QUARTZ_WEEKDAY && part.toUpperCase() === 'L') return '7';
  const [, from, to, every = ''] = RANGE.exec(part) ?? [];
  if (from !== undefined && to !== undefined) return range(from, to, every, field) ?? part;
  const [, first, step] = STEP.exec(part) ?? [];
  return first === undefined || step === undefined ? part : `${first}-${field.most}${step}`;
}

/** What follows a slash or # is a step or an occurrence, not a value of the field. */
function checkValues(part: string, { name, least, most }: Field): void {
  const values = part.replace(/[/#]\d+/g, '').match(/\d+/g) ?? [];
  const bad = values.find((value) => Number(value) < least || Number(value) > most);
  if (bad === undefined) return;
  throw new ScheduleError('cron', `is not a cron expression: the ${name} ${bad} is outside ${least} to ${most}`);
}

/** A range over the end is two; one with a step cannot be cut without changing it. */
function range(from: string, to: string, every: string, field: Field): string | undefined {
  const [first, last] = [valueOf(from, field), valueOf(to, field)];
  if (first === undefined || last === undefined || first <= last) return undefined;
  if (every !== '')
    throw new ScheduleError('cron', `the ${field.name} "${from}-${to}${every}" goes over its end with a step`);
  return `${first}-${field.most},${field.least}-${last}`;
}

function valueOf(text: string, { words = [], least }: Field): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const at = words.indexOf(text.toUpperCase());
  if (at < 0) return undefined;
  return words.length === DAYS.length ? at + least : at + 1;
}
