import { errorOf, run, value } from '../../testing/run.js';

const NOW = { nowMs: Date.UTC(2021, 0, 2) };

describe('date functions of Util', () => {
  it.each([
    ['Util.dateIntToTs(20210131)', 1_612_051_200_000n],
    ["Util.dateIntToTs('2021013')", 1_609_632_000_000n],
    ["Util.tsToDateInt('1612051200000')", '20210131'],
    ['Util.tsToDateInt(-1)', '19691231'],
    ["Util.incrementDateInt('20210228', 1)", '20210301'],
    ['Util.incrementDateInt(20210228, -59)', '20201231'],
    ["Util.timeoutForDateIntDeadline(20210101, '2 days')", '86400000 milliseconds'],
    ["Util.timeoutForDateIntDeadline(20200101, '2 days')", '0 milliseconds'],
    ["Util.timeoutForDateTimeDeadline(new DateTime('2021-01-02T01:00'), '30 minutes')", '5400000 milliseconds'],
    ["Util.dateIntHourToTs(20210314, '03', 'America/New_York', 0, 0)", 1_615_705_200_000n],
    ["Util.dateIntHourToTs('20210315', '02', 'America/New_York', 1, 0)", 1_615_705_200_000n],
    ["Util.dateIntHourToTs('20210315', 2, 'UTC', '1', '3')", Date.UTC(2021, 2, 13, 23)],
  ])('%s is %s', (expr, expected) => {
    expect(value(expr, NOW)).toBe(typeof expected === 'number' ? BigInt(expected) : expected);
  });

  it.each([
    ["Util.dateIntToTs('20210229')", 'there is no such month or day'],
    ["Util.dateIntToTs('2021')", 'is not a date of the form yyyyMMdd'],
    ["Util.dateIntHourToTs('20210314', '02', 'America/New_York', 0, 0)", 'there is no 2021-03-14T02:00:00.000'],
    ["Util.dateIntHourToTs('20210314', '24', 'UTC', 0, 0)", 'must be an hour from 0 to 23'],
    ['Util.tsToDateInt(9223372036854775807)', 'outside of the years'],
    ['Util.incrementDateInt(20210101, 9223372036854775807)', 'outside of the years'],
    ['Util.dateIntsBetween(20210101, 20210102, 0)', 'the step between dates may not be 0'],
  ])('%s fails: %s', (expr, message) => {
    expect(errorOf(expr).message).toContain(message);
  });

  it('counts from the end of a range when it counts down', () => {
    expect(value('Util.dateIntsBetween(20210104, 20210101, -2)')).toEqual([20210103n, 20210101n]);
    expect(value('Util.dateIntsBetween(20210104, 20210101, 1)')).toEqual([]);
    expect(value('Util.dateIntsBetween(20210101, 20210104, 9223372036854775807)')).toEqual([20210101n]);
  });

  it('refuses an array that is too large before it is made', () => {
    expect(errorOf('Util.dateIntsBetween(10101, 99991231, 1)').kind).toBe('value');
    expect(errorOf("Util.dateIntsBetween('00010101', 99991231, 1)").kind).toBe('limit');
    const outcome = run("Util.dateIntsBetween('20210101', 20211231, 1)", { limits: { memory: 1_000 } });
    expect(outcome).toEqual({ kind: 'exhausted', limit: 'memory' });
  });
});

describe('a duration in words', () => {
  const left = (words: string): unknown => value(`Util.timeoutForDateIntDeadline(20210102, '${words}')`, NOW);

  it.each([
    ['1 day', 86_400_000],
    ['2 Hours', 7_200_000],
    ['1 week, 2 days and 3 hours', 788_400_000],
    ['1 hour, and 1 millisecond', 3_600_001],
    ['1 minute 1 second', 61_000],
    ['-1 hours and 90 minutes', 1_800_000],
  ])('%s is %d milliseconds', (words, ms) => {
    expect(left(words)).toBe(`${ms} milliseconds`);
  });

  it.each([
    '',
    '1',
    'day',
    '1 fortnight',
    '1 hour 1 day',
    '1 day 1 day',
    '1  day',
    '1 day and',
    '1.5 days',
    '99999999999 days',
  ])('"%s" is none', (words) => {
    expect(errorOf(`Util.timeoutForDateIntDeadline(20210102, '${words}')`).message).toContain('is not a duration');
  });

  it.each(['1 month', '2 years and 1 day'])('%s has no fixed length', (words) => {
    expect(errorOf(`Util.timeoutForDateIntDeadline(20210102, '${words}')`).message).toContain('is no fixed time');
  });
});
