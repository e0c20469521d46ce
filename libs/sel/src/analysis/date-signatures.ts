/** Members of the same type, one signature for all of them. */
function all(names: string, count: number, signature: string): Readonly<Record<string, string>> {
  return Object.fromEntries(names.split(/\s+/).map((name) => [`${name}/${count}`, signature]));
}

const UNITS = ['Years', 'Months', 'Weeks', 'Days', 'Hours', 'Minutes', 'Seconds', 'Millis'];
const MOVES = UNITS.flatMap((unit) => [`plus${unit}`, `minus${unit}`]).join(' ');
const FIELDS =
  `Year Weekyear MonthOfYear WeekOfWeekyear DayOfYear DayOfMonth DayOfWeek HourOfDay MinuteOfHour SecondOfMinute
  MillisOfSecond MillisOfDay`
    .split(/\s+/)
    .map((field) => `with${field}`)
    .join(' ');
const PROPERTIES = `monthOfYear weekyear weekOfWeekyear dayOfYear dayOfMonth dayOfWeek hourOfDay minuteOfDay minuteOfHour
  secondOfDay secondOfMinute millisOfDay millisOfSecond`;
const GETTERS = `getMillis getYear getHourOfDay getWeekOfWeekyear getWeekyear getDayOfWeek getDayOfMonth getDayOfYear
  getMillisOfDay getMillisOfSecond getMinuteOfDay getMinuteOfHour getSecondOfMinute getMonthOfYear getSecondOfDay`;

/** DATE_SIGNATURES are those of the Joda classes (spec 7.6). */
export const DATE_SIGNATURES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  DATETIME: {
    'toString/0': '-> STRING',
    'toString/1': 'STRING -> STRING',
    'parse/1': '* -> DATETIME',
    'parse/2': '*, * -> DATETIME',
    'withZone/1': 'DATETIME_ZONE -> DATETIME',
    'toDateTime/1': 'DATETIME_ZONE -> DATETIME',
    'withTimeAtStartOfDay/0': '-> DATETIME',
    ...all(MOVES, 1, 'LONG -> DATETIME'),
    ...all(FIELDS, 1, 'LONG -> DATETIME'),
    ...all('isAfter isBefore isEqual', 1, 'DATETIME -> BOOLEAN'),
    ...all(PROPERTIES, 0, '-> DATETIME_PROPERTY'),
    ...all(GETTERS, 0, '-> LONG'),
  },
  DATETIME_PROPERTY: {
    'getAsText/0': '-> STRING',
    'getAsText/1': '* -> STRING',
    'withMinimumValue/0': '-> DATETIME',
    'withMaximumValue/0': '-> DATETIME',
    'get/0': '-> LONG',
  },
  DATETIME_ZONE: { 'forID/1': 'STRING -> DATETIME_ZONE', 'getOffset/1': '* -> LONG' },
  DATETIME_FORMATTER: {
    'forPattern/1': 'STRING -> DATETIME_FORMATTER',
    'withZone/1': 'DATETIME_ZONE -> DATETIME_FORMATTER',
    'parseDateTime/1': '* -> DATETIME',
    'parseMillis/1': '* -> LONG',
    'print/1': '* -> STRING',
  },
  DATETIME_DAYS: { 'daysBetween/2': 'DATETIME, DATETIME -> DATETIME_DAYS', 'getDays/0': '-> LONG' },
};
