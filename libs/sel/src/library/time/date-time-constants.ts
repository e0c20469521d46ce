import type { SelValue } from '../../runtime/value.js';
import type { LibraryClass } from '../library-class.js';
import { DAY, HOUR, MINUTE, SECOND } from './civil.js';
import { MONTHS, WEEKDAYS } from './names.js';

/** DATE_TIME_CONSTANTS_CLASS is DateTimeConstants: numbers of months and weekdays, and of units in units, as in Joda. */
export const DATE_TIME_CONSTANTS_CLASS: LibraryClass = {
  names: ['DateTimeConstants'],
  fields: {
    ...numbered(WEEKDAYS),
    ...numbered(MONTHS),
    MILLIS_PER_SECOND: BigInt(SECOND),
    MILLIS_PER_MINUTE: BigInt(MINUTE),
    MILLIS_PER_HOUR: BigInt(HOUR),
    MILLIS_PER_DAY: BigInt(DAY),
    MILLIS_PER_WEEK: BigInt(7 * DAY),
    SECONDS_PER_MINUTE: 60n,
    SECONDS_PER_HOUR: 3_600n,
    SECONDS_PER_DAY: 86_400n,
    SECONDS_PER_WEEK: 604_800n,
    MINUTES_PER_HOUR: 60n,
    MINUTES_PER_DAY: 1_440n,
    MINUTES_PER_WEEK: 10_080n,
    HOURS_PER_DAY: 24n,
    HOURS_PER_WEEK: 168n,
    DAYS_PER_WEEK: 7n,
  },
};

function numbered(names: readonly string[]): Record<string, SelValue> {
  return Object.fromEntries(names.map((name, index) => [name.toUpperCase(), BigInt(index + 1)]));
}
