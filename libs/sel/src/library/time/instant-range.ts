import { DAY, daysOf } from './civil.js';
import { TimeProblem } from './time-problem.js';

/** The whole years that JavaScript's (and so Intl's) calendar holds; Joda's own go a thousand times further. */
const [MIN_YEAR, MAX_YEAR] = [-271_820, 275_759];

/** MIN_LOCAL is the first millisecond of the years there are. */
export const MIN_LOCAL = daysOf(MIN_YEAR, 1, 1) * DAY;
const END = daysOf(MAX_YEAR + 1, 1, 1) * DAY;

/** YEAR_RANGE is the first and last year there is. */
export const YEAR_RANGE: readonly [number, number] = [MIN_YEAR, MAX_YEAR];

/** checkedMs passes milliseconds on that lie in the years there are; TimeProblem for others. */
export function checkedMs(ms: number): number {
  if (ms >= MIN_LOCAL && ms < END) return ms;
  throw new TimeProblem(`the date would be outside of the years ${MIN_YEAR} to ${MAX_YEAR}`);
}
