import fc from 'fast-check';
import { civilOf, DAY, dayOfWeekOf, daysInMonth, daysInYear, daysOf, weekDateOf, weekyearStart } from './civil.js';

const day = fc.integer({ min: -99_000_000, max: 99_000_000 });

describe('the calendar', () => {
  it('agrees with the one of JavaScript on every day there is', () => {
    fc.assert(
      fc.property(day, (days) => {
        const date = new Date(days * DAY);
        const { year, month, day: dayOfMonth } = civilOf(days);
        expect([year, month, dayOfMonth]).toEqual([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]);
        expect(daysOf(year, month, dayOfMonth)).toBe(days);
        expect(dayOfWeekOf(days) % 7).toBe(date.getUTCDay());
      }),
      { numRuns: 3_000 },
    );
  });

  it('knows the length of months and years', () => {
    expect([2000, 1900, 2024, 2023, 0, -4].map((year) => [daysInYear(year), daysInMonth(year, 2)])).toEqual([
      [366, 29],
      [365, 28],
      [366, 29],
      [365, 28],
      [366, 29],
      [366, 29],
    ]);
  });

  it('counts weeks from the Monday of the week of January 4', () => {
    fc.assert(
      fc.property(day, (days) => {
        const { weekyear, week, dayOfWeek } = weekDateOf(days);
        expect(weekyearStart(weekyear) + (week - 1) * 7 + dayOfWeek - 1).toBe(days);
        expect(week >= 1 && week <= 53).toBe(true);
      }),
    );
    expect(weekDateOf(daysOf(2021, 1, 3))).toEqual({ weekyear: 2020, week: 53, dayOfWeek: 7 });
    expect(weekDateOf(daysOf(2018, 12, 31))).toEqual({ weekyear: 2019, week: 1, dayOfWeek: 1 });
  });
});
