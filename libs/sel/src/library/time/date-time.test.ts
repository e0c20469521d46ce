import { errorOf, value } from '../../testing/run.js';

const NEW_YORK = "DateTimeZone.forID('America/New_York')";
const BERLIN = "DateTimeZone.forID('Europe/Berlin')";
const SAO_PAULO = "DateTimeZone.forID('America/Sao_Paulo')";

describe('new DateTime', () => {
  it.each([
    ['new DateTime()', '1970-01-01T00:00:12.345Z'],
    ['new DateTime(-1)', '1969-12-31T23:59:59.999Z'],
    [`new DateTime(0, ${NEW_YORK})`, '1969-12-31T19:00:00.000-05:00'],
    [`new DateTime(new DateTime(0, ${NEW_YORK}))`, '1969-12-31T19:00:00.000-05:00'],
    [`new DateTime(new DateTime(0, ${NEW_YORK}), DateTimeZone.UTC)`, '1970-01-01T00:00:00.000Z'],
    [`new DateTime(2021, 7, 1, 13, 5, 6, 7, ${BERLIN})`, '2021-07-01T13:05:06.007+02:00'],
    ["new DateTime('2021')", '2021-01-01T00:00:00.000Z'],
    ["new DateTime('2021-07')", '2021-07-01T00:00:00.000Z'],
    ["new DateTime('2021-7-4')", '2021-07-04T00:00:00.000Z'],
    ["new DateTime('2021-07-04T10')", '2021-07-04T10:00:00.000Z'],
    ["new DateTime('2021-07-04T10:30')", '2021-07-04T10:30:00.000Z'],
    ["new DateTime('2021-07-04t10:30:15,5z')", '2021-07-04T10:30:15.500Z'],
    ["new DateTime('2021-07-04T10:30.5')", '2021-07-04T10:30:30.000Z'],
    ["new DateTime('2021-07-04T10.25')", '2021-07-04T10:15:00.000Z'],
    ["new DateTime('2021-07-04T10:30:15.123456789+02:00')", '2021-07-04T08:30:15.123Z'],
    ["new DateTime('2021-07-04T+0200')", '2021-07-03T22:00:00.000Z'],
    ["new DateTime('2021-185')", '2021-07-04T00:00:00.000Z'],
    ["new DateTime('2021-W26')", '2021-06-28T00:00:00.000Z'],
    ["new DateTime('2021-W26-7T12')", '2021-07-04T12:00:00.000Z'],
    ["new DateTime('T12:30')", '1970-01-01T12:30:00.000Z'],
    ["new DateTime('-0001-03-01')", '-0001-03-01T00:00:00.000Z'],
    ["new DateTime('12021-03-01')", '12021-03-01T00:00:00.000Z'],
    [`new DateTime('2021-07-04T10:30', ${NEW_YORK})`, '2021-07-04T10:30:00.000-04:00'],
    [`new DateTime('2021-07-04T10:30Z', ${NEW_YORK})`, '2021-07-04T06:30:00.000-04:00'],
    ["DateTime.parse('2021-07-04T10:30+02:00')", '2021-07-04T10:30:00.000+02:00'],
    ["DateTime.parse('04.07.2021', DateTimeFormat.forPattern('dd.MM.yyyy'))", '2021-07-04T00:00:00.000Z'],
    [`new DateTime(-3000000000000, ${NEW_YORK})`, '1874-12-07T13:43:58.000-04:56:02'],
  ])('%s is %s', (expr, text) => {
    expect(value(expr)).toBe(text);
  });

  it.each([
    ["new DateTime('')", 'it is too short'],
    ["new DateTime('2021-07-04 10:30')", '" 10:30" does not fit at character 10'],
    ["new DateTime('2021-07-04T10:30:')", '":" does not fit at character 16'],
    ["new DateTime('2021-13-04')", 'monthOfYear cannot be 13: it must be in the range 1 to 12'],
    ["new DateTime('2021-02-29')", 'dayOfMonth cannot be 29: it must be in the range 1 to 28'],
    ["new DateTime('2021-W53')", 'weekOfWeekyear cannot be 53'],
    ["new DateTime('20210704')", 'year cannot be 20210704'],
    ["new DateTime('2021-07-04T24:00')", 'hourOfDay cannot be 24'],
    ['new DateTime(9223372036854775807)', 'outside of the years -271820 to 275759'],
    ['new DateTime(2021, 2, 30, 0, 0, 0, 0, DateTimeZone.UTC)', 'dayOfMonth cannot be 30'],
    ['new DateTime(99999999999, 2, 3, 0, 0, 0, 0, DateTimeZone.UTC)', '32-bit'],
    [`new DateTime('2021-03-14T02:30', ${NEW_YORK})`, 'there is no 2021-03-14T02:30:00.000 in America/New_York'],
    [`new DateTime(2021, 3, 28, 2, 0, 0, 0, ${BERLIN})`, 'there is no 2021-03-28T02:00:00.000 in Europe/Berlin'],
  ])('%s fails: %s', (expr, message) => {
    const error = errorOf(expr);
    expect(error.kind).toBe('value');
    expect(error.message).toContain(message);
  });

  it.each(['new DateTime(null)', 'new DateTime(1.5)', "new DateTime(0, 'UTC')", 'new DateTime(0).minusYears(null)'])(
    '%s is an error of type',
    (expr) => {
      expect(errorOf(expr).kind).toBe('type');
    },
  );
});

describe('members of DateTime around changes of the clock', () => {
  const gap = `new DateTime('2021-03-13T02:30', ${NEW_YORK})`;
  const second = `new DateTime('2021-11-07T01:30', ${NEW_YORK}).plusHours(1)`;

  it.each([
    [`${gap}.plusDays(1)`, '2021-03-14T03:30:00.000-04:00'],
    [`${gap}.plusDays(2)`, '2021-03-15T02:30:00.000-04:00'],
    [`${gap}.plusHours(24)`, '2021-03-14T03:30:00.000-04:00'],
    [`${gap}.withDayOfMonth(14)`, '2021-03-14T03:30:00.000-04:00'],
    [`new DateTime('2021-03-27T02:30', ${BERLIN}).plusDays(1)`, '2021-03-28T03:30:00.000+02:00'],
    [`new DateTime('2021-10-31T02:30', ${BERLIN})`, '2021-10-31T02:30:00.000+02:00'],
    [second, '2021-11-07T01:30:00.000-05:00'],
    [`${second}.withMinuteOfHour(15)`, '2021-11-07T01:15:00.000-05:00'],
    [`${second}.truncatedTo('hour')`, '2021-11-07T01:00:00.000-05:00'],
    [`${second}.plusDays(0)`, '2021-11-07T01:30:00.000-05:00'],
    [`${second}.minusDays(1).plusDays(1)`, '2021-11-07T01:30:00.000-04:00'],
    [`new DateTime('2018-11-04T12:00', ${SAO_PAULO}).withTimeAtStartOfDay()`, '2018-11-04T01:00:00.000-02:00'],
    [`new DateTime('2018-11-04T12:00', ${SAO_PAULO}).truncatedTo('day')`, '2018-11-04T01:00:00.000-02:00'],
    [`new DateTime('2018-11-04T12:00', ${SAO_PAULO}).hourOfDay().withMinimumValue()`, '2018-11-04T01:00:00.000-02:00'],
    [
      `new DateTime('2018-11-03T12:00', ${SAO_PAULO}).millisOfDay().withMaximumValue()`,
      '2018-11-03T23:59:59.999-03:00',
    ],
  ])('%s is %s', (expr, text) => {
    expect(value(expr)).toBe(text);
  });

  it('refuses to set an hour that the day does not have', () => {
    expect(errorOf(`new DateTime('2021-03-14T12:00', ${NEW_YORK}).withHourOfDay(2)`).message).toContain(
      'hourOfDay cannot be 2: there is no 2021-03-14T02:00:00.000 in America/New_York',
    );
  });

  it('counts days by clocks and hours by time that passed', () => {
    const across = (what: string): string => `${gap}.${what}(${gap}.plusDays(2))`;
    expect(value(across('daysUntil'))).toBe(2n);
    expect(value(across('hoursUntil'))).toBe(47n);
    expect(value(`Days.daysBetween(${gap}, ${gap}.plusDays(2)).getDays()`)).toBe(2n);
  });
});

describe('fields of DateTime', () => {
  it.each([
    ["new DateTime('2020-02-29').withYear(2021)", '2021-02-28T00:00:00.000Z'],
    ["new DateTime('2020-03-31').withMonthOfYear(2)", '2020-02-29T00:00:00.000Z'],
    ["new DateTime('2020-12-31').withWeekyear(2021)", '2021-12-30T00:00:00.000Z'],
    ["new DateTime('2021-01-01').withWeekOfWeekyear(1)", '2020-01-03T00:00:00.000Z'],
    ["new DateTime('2021-01-01').withDayOfYear(365)", '2021-12-31T00:00:00.000Z'],
    ["new DateTime('2021-01-01').withMillisOfDay(1)", '2021-01-01T00:00:00.001Z'],
    ["new DateTime('2021-01-31').plusMonths(1)", '2021-02-28T00:00:00.000Z'],
    ["new DateTime('2021-03-31').minusMonths(13)", '2020-02-29T00:00:00.000Z'],
    ["new DateTime('2020-02-29').plusYears(-1)", '2019-02-28T00:00:00.000Z'],
    ["new DateTime('2021-01-01').plusMillis(2592000000)", '2021-01-31T00:00:00.000Z'],
    ["new DateTime('2021-02-03').dayOfMonth().withMaximumValue()", '2021-02-28T00:00:00.000Z'],
    ["new DateTime('2021-02-03').dayOfWeek().withMinimumValue()", '2021-02-01T00:00:00.000Z'],
    ["new DateTime('2021-02-03').weekOfWeekyear().getAsText()", '5'],
    ["new DateTime('2021-02-03').monthOfYear().getAsText()", 'February'],
    ["new DateTime('2021-02-03').dayOfWeek().getAsText()", 'Wednesday'],
    ["new DateTime('2021-02-03').truncatedTo('year')", '2021-01-01T00:00:00.000Z'],
    ["new DateTime('2021-02-03').truncatedTo('week')", '2021-02-01T00:00:00.000Z'],
  ])('%s is %s', (expr, text) => {
    expect(value(expr)).toBe(text);
  });

  it.each([
    ["new DateTime('2021-02-03').withDayOfMonth(29)", 'dayOfMonth cannot be 29: it must be in the range 1 to 28'],
    ["new DateTime('2021-02-03').withHourOfDay(-1)", 'hourOfDay cannot be -1'],
    ["new DateTime('2021-02-03').plusYears(9223372036854775807)", 'outside of the years'],
    ["new DateTime('2021-02-03').minusMillis(-9223372036854775807)", 'outside of the years'],
    ["new DateTime('2021-02-03').truncatedTo('decade')", "there is no unit 'decade'"],
  ])('%s fails: %s', (expr, message) => {
    expect(errorOf(expr).message).toContain(message);
  });

  it('reads every field of a date', () => {
    const date = "new DateTime('2021-02-03T04:05:06.007')";
    const get = (name: string): unknown => value(`${date}.get${name}()`);
    expect(['Year', 'Weekyear', 'MonthOfYear', 'WeekOfWeekyear'].map(get)).toEqual([2021n, 2021n, 2n, 5n]);
    expect(['DayOfYear', 'DayOfMonth', 'DayOfWeek', 'HourOfDay'].map(get)).toEqual([34n, 3n, 3n, 4n]);
    expect(['MinuteOfDay', 'MinuteOfHour', 'SecondOfDay'].map(get)).toEqual([245n, 5n, 14_706n]);
    expect(['SecondOfMinute', 'MillisOfDay', 'MillisOfSecond'].map(get)).toEqual([6n, 14_706_007n, 7n]);
  });

  it('reads them before 1970 as well', () => {
    expect(value("new DateTime('1969-12-31T23:59:59.999').getSecondOfDay()")).toBe(86_399n);
    expect(value("new DateTime('0000-01-01').minusMillis(1).toString()")).toBe('-0001-12-31T23:59:59.999Z');
  });
});
