import { DAY, HOUR, MINUTE, SECOND } from '../time/civil.js';
import { TimeProblem } from '../time/time-problem.js';

/** Words of a duration, the longest unit first: the order in which Joda reads them. */
const UNITS: readonly (readonly [string, number | undefined])[] = [
  ['year', undefined],
  ['month', undefined],
  ['week', 7 * DAY],
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
  ['second', SECOND],
  ['millisecond', 1],
];
const PART = /([+-]?\d{1,10}) ([a-z]+?)s?(?=$|[ ,])/iy;
const SEPARATOR = /,? and |, ?(?:and )?| /iy;
const MAX_NUMBER = 2 ** 31 - 1;

/**
 * durationMs reads a duration in words as Joda's word-based PeriodFormat does: `1 day`, `2 hours and 30 minutes`, `1 week, 2 days and
 * 3 seconds`, the largest unit first. The result is in milliseconds. TimeProblem for other texts, and for months and years,
 * whose length nobody knows.
 */
export function durationMs(text: string): number {
  let [position, rank, total] = [0, -1, 0];
  while (rank < 0 || position < text.length) {
    if (rank >= 0) position += scan(SEPARATOR, text, position)[0].length;
    const [whole, count = '', word = ''] = scan(PART, text, position);
    const next = UNITS.findIndex(([unit]) => unit === word.toLowerCase());
    if (next <= rank || Math.abs(Number(count)) > MAX_NUMBER) throw unreadable(text);
    total += Number(count) * lengthOf(next);
    rank = next;
    position += whole.length;
  }
  return total;
}

function lengthOf(index: number): number {
  const [word, ms] = UNITS[index] ?? ['', undefined];
  if (ms !== undefined) return ms;
  throw new TimeProblem(`a ${word} is no fixed time: give weeks, days, hours, minutes, seconds or milliseconds`);
}

function scan(expression: RegExp, text: string, position: number): RegExpExecArray {
  expression.lastIndex = position;
  const match = expression.exec(text);
  if (!match) throw unreadable(text);
  return match;
}

function unreadable(text: string): TimeProblem {
  return new TimeProblem(
    `"${text.slice(0, 40)}" is not a duration such as '1 day' or '2 hours and 30 minutes', the largest unit first`,
  );
}
