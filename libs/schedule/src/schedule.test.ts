import type { TimeTrigger } from '@maestro/domain';
import { compileSchedule } from './compile-schedule.js';
import { nextFirings } from './next-firings.js';
import { scheduleProblems } from './schedule-problems.js';

const after = (trigger: TimeTrigger, from: string, count = 4): string[] =>
  nextFirings(compileSchedule(trigger), Date.parse(from), count).map((at) =>
    new Date(at).toISOString().replace(/(:00)?\.000Z$/, ''),
  );
const cron = (text: string, more: Partial<TimeTrigger> = {}): TimeTrigger =>
  ({ type: 'CRON', cron: text, ...more }) as TimeTrigger;

describe('Unix cron', () => {
  test.each([
    ['*/20 * * * *', ['2026-01-01T00:20', '2026-01-01T00:40', '2026-01-01T01:00']],
    ['0 9 * * MON-FRI', ['2026-01-01T09:00', '2026-01-02T09:00', '2026-01-05T09:00']],
    ['0 9 * * 7', ['2026-01-04T09:00', '2026-01-11T09:00', '2026-01-18T09:00']],
    ['0 0 13 * 5', ['2026-01-02T00:00', '2026-01-09T00:00', '2026-01-13T00:00']],
    ['10/20 0 * * *', ['2026-01-01T00:10', '2026-01-01T00:30', '2026-01-01T00:50']],
    ['0 22-1 * * *', ['2026-01-01T01:00', '2026-01-01T22:00', '2026-01-01T23:00']],
    ['0 0 * * SAT-MON', ['2026-01-03T00:00', '2026-01-04T00:00', '2026-01-05T00:00']],
  ])('%s', (text, times) => {
    expect(after(cron(text), '2026-01-01T00:00:00Z', 3)).toEqual(times);
  });
});

describe('Quartz cron', () => {
  test.each([
    ['0 0 12 * * ?', ['2026-01-01T12:00', '2026-01-02T12:00']],
    ['30 0/15 * * * ?', ['2026-01-01T00:00:30', '2026-01-01T00:15:30']],
    ['0 0 12 ? * 1', ['2026-01-04T12:00', '2026-01-11T12:00']],
    ['0 0 12 ? * SUN', ['2026-01-04T12:00', '2026-01-11T12:00']],
    ['0 0 12 ? * L', ['2026-01-03T12:00', '2026-01-10T12:00']],
    ['0 0 12 ? * 6L', ['2026-01-30T12:00', '2026-02-27T12:00']],
    ['0 0 12 ? * FRI#2', ['2026-01-09T12:00', '2026-02-13T12:00']],
    ['0 0 12 ? * FRI-SUN', ['2026-01-02T12:00', '2026-01-03T12:00']],
    ['0 0 12 L * ?', ['2026-01-31T12:00', '2026-02-28T12:00']],
    ['0 0 12 L-3 * ?', ['2026-01-28T12:00', '2026-02-25T12:00']],
    ['0 0 12 LW * ?', ['2026-01-30T12:00', '2026-02-27T12:00']],
    ['0 0 12 15W * ?', ['2026-01-15T12:00', '2026-02-16T12:00']],
    ['0 0 12 1 1 ? 2027/2', ['2027-01-01T12:00', '2029-01-01T12:00']],
    ['0 0 12 1 1 ? 2027', ['2027-01-01T12:00']],
  ])('%s', (text, times) => {
    expect(after(cron(text), '2026-01-01T00:00:00Z', 2)).toEqual(times);
  });

  it('a year that has passed fires never', () => {
    expect(after(cron('0 0 12 1 1 ? 2020'), '2026-01-01T00:00:00Z')).toEqual([]);
  });
});

describe('daylight saving', () => {
  const daily = cron('30 2 * * *', { timezone: 'America/Los_Angeles' });

  it('a fixed time that does not exist fires at the first instant that does', () => {
    expect(after(daily, '2026-03-07T12:00:00Z', 3)).toEqual([
      '2026-03-08T10:00',
      '2026-03-09T09:30',
      '2026-03-10T09:30',
    ]);
  });

  it('a fixed time that comes twice fires once, at the first', () => {
    const twice = cron('30 1 * * *', { timezone: 'America/Los_Angeles' });
    expect(after(twice, '2026-10-31T12:00:00Z', 2)).toEqual(['2026-11-01T08:30', '2026-11-02T09:30']);
    expect(after(daily, '2026-10-31T12:00:00Z', 2)).toEqual(['2026-11-01T10:30', '2026-11-02T10:30']);
  });

  it('lists of hours are fixed times too', () => {
    const list = cron('30 2,3 * * *', { timezone: 'America/Los_Angeles' });
    expect(after(list, '2026-03-08T08:00:00Z', 3)).toEqual([
      '2026-03-08T10:00',
      '2026-03-08T10:30',
      '2026-03-09T09:30',
    ]);
  });

  it('what repeats goes on in real time through both changes', () => {
    const half = cron('*/30 * * * *', { timezone: 'America/Los_Angeles' });
    expect(after(half, '2026-03-08T09:30:00Z', 2)).toEqual(['2026-03-08T10:00', '2026-03-08T10:30']);
    expect(after(half, '2026-11-01T08:30:00Z', 3)).toEqual([
      '2026-11-01T09:00',
      '2026-11-01T09:30',
      '2026-11-01T10:00',
    ]);
  });
});

it('predefined schedules are those of the specification', () => {
  const first = (expression: '@hourly' | '@daily' | '@weekly' | '@monthly' | '@yearly'): string =>
    after({ type: 'PREDEFINED', expression }, '2026-01-01T00:00:00Z', 1)[0] ?? '';
  expect(['@hourly', '@daily', '@weekly', '@monthly', '@yearly'].map((e) => first(e as '@daily'))).toEqual([
    '2026-01-01T01:00',
    '2026-01-02T00:00',
    '2026-01-04T00:00',
    '2026-02-01T00:00',
    '2027-01-01T00:00',
  ]);
});

describe('intervals', () => {
  it('are counted from their start', () => {
    const trigger: TimeTrigger = { type: 'INTERVAL', interval: '90 minutes', start: '01-01-2026 00:10:00.000+0100' };
    expect(after(trigger, '2025-01-01T00:00:00Z', 3)).toEqual([
      '2025-12-31T23:10',
      '2026-01-01T00:40',
      '2026-01-01T02:10',
    ]);
  });

  it('without a start are counted from the epoch', () => {
    expect(after({ type: 'INTERVAL', interval: 3600n }, '2026-01-01T00:20:00Z', 2)).toEqual([
      '2026-01-01T01:00',
      '2026-01-01T02:00',
    ]);
  });
});

describe('dates and blackouts', () => {
  it('nothing fires before the start or after the end; a day is whole', () => {
    const trigger = cron('0 12 * * *', { startDate: '2026-01-03', endDate: '2026-01-05' });
    expect(after(trigger, '2026-01-01T00:00:00Z')).toEqual([
      '2026-01-03T12:00',
      '2026-01-04T12:00',
      '2026-01-05T12:00',
    ]);
  });

  it('a start is included, an end is not', () => {
    const trigger = cron('0 * * * *', { startDate: '2026-01-03T10:00', endDate: '2026-01-03T12:00' });
    expect(after(trigger, '2026-01-01T00:00:00Z')).toEqual(['2026-01-03T10:00', '2026-01-03T11:00']);
  });

  it('dates are of the time zone of the trigger', () => {
    const trigger = cron('0 * * * *', { startDate: '2026-01-03', timezone: 'Asia/Tokyo' });
    expect(after(trigger, '2026-01-01T00:00:00Z', 1)).toEqual(['2026-01-02T15:00']);
  });

  it('weekdays, days of every year, days and spans are left out', () => {
    const blackouts = ['SAT', 'sun', '12-25', '2026-12-28', '2026-12-30T06:00/2026-12-31'];
    expect(after(cron('0 0,12 * * *', { blackouts }), '2026-12-23T12:00:00Z', 6)).toEqual([
      '2026-12-24T00:00',
      '2026-12-24T12:00',
      '2026-12-29T00:00',
      '2026-12-29T12:00',
      '2026-12-30T00:00',
      '2027-01-01T00:00',
    ]);
  });

  it('which date or blackout keeps a time from firing', () => {
    const more = { startDate: '2026-01-02', endDate: '2026-12-30', blackouts: ['12-24', '2026-12-24/2026-12-26'] };
    const { withheld, bare } = compileSchedule(cron('0 0 * * *', more));
    const held = (at: string) => withheld(Date.parse(`${at}T00:00:00Z`));
    expect(held('2026-01-01')).toMatchObject({ field: 'start_date', entry: '2026-01-02' });
    expect(held('2026-01-02')).toBeUndefined();
    expect(held('2026-12-24')).toMatchObject({ field: 'blackouts', entry: '2026-12-24/2026-12-26' });
    expect(held('2026-12-31')).toMatchObject({ field: 'end_date', entry: '2026-12-30' });
    expect(bare.after(Date.parse('2026-12-23T00:00:00Z'))).toBe(Date.parse('2026-12-24T00:00:00Z'));
  });

  it('a long blackout of a frequent trigger is passed over at once', () => {
    const began = performance.now();
    expect(after(cron('* * * * *', { blackouts: ['2026-01-01/2035-12-31'] }), '2026-01-01T00:00:00Z', 1)).toEqual([
      '2036-01-01T00:00',
    ]);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('a calendar without an open day fires never', () => {
    const blackouts = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];
    expect(after(cron('0 0 * * *', { blackouts }), '2026-01-01T00:00:00Z')).toEqual([]);
  });
});

test.each<[TimeTrigger, string, string]>([
  [cron('* * * *'), 'cron', '5 fields'],
  [cron('61 * * * *'), 'cron', '61'],
  [cron('0 0 12 ? * 6L-2'), 'cron', ''],
  [cron('0 22-2/2 * * *'), 'cron', 'over its end'],
  [cron('* * * * *', { timezone: 'Mars/Base' }), 'timezone', 'Mars/Base'],
  [cron('* * * * *', { startDate: 'soon' }), 'start_date', 'soon'],
  [cron('* * * * *', { startDate: '2026-02-01', endDate: '2026-01-01' }), 'end_date', 'not after'],
  [cron('* * * * *', { blackouts: ['13-40'] }), 'blackouts', '13-40'],
  [cron('* * * * *', { blackouts: ['2026-02-01/2026-01-01'] }), 'blackouts', 'before it begins'],
  [cron('* * * * *', { fuzzyMaxDelay: 'a while' }), 'fuzzy_max_delay', 'a while'],
  [{ type: 'INTERVAL', interval: 0n }, 'interval', '0'],
  [{ type: 'INTERVAL', interval: '1h', start: 'tomorrow' }, 'start', 'tomorrow'],
])('what is wrong is said with its field: %j', (trigger, field, said) => {
  expect(() => compileSchedule(trigger)).toThrow(
    expect.objectContaining({ field, message: expect.stringContaining(said) as string }) as Error,
  );
});

it('all that is wrong is found at once', () => {
  const trigger = cron('61 * * * *', { timezone: 'Mars/Base', startDate: 'soon', blackouts: ['13-40', 'SAT', 'x'] });
  const fields = scheduleProblems(trigger).map(({ field }) => field);
  expect(fields).toEqual(['timezone', 'cron', 'start_date', 'blackouts', 'blackouts']);
  expect(scheduleProblems(cron('0 1 * * *', { timezone: 'Asia/Tokyo', blackouts: ['SAT'] }))).toEqual([]);
});
