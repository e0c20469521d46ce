import type { Millis, TimeTrigger } from '@maestro/domain';
import fc from 'fast-check';
import { compileSchedule } from './compile-schedule.js';
import { planFirings, type CatchUp } from './plan-firings.js';
import { jitterOf, triggerTexts } from './trigger-identity.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2026-01-01T00:00:00Z');
const minutely = compileSchedule({ type: 'CRON', cron: '* * * * *' });

interface Caught {
  readonly fired: Millis[];
  readonly skipped: number;
  readonly watermark: Millis;
}

/** All plans until nothing more is due. */
function catchUp(
  catchUp: CatchUp,
  watermark: Millis,
  now: Millis,
  { schedule = minutely, jitterMs = 0, limit = 100 } = {},
): Caught {
  const fired: Millis[] = [];
  let skipped = 0;
  for (let rounds = 0; rounds < 1_000; rounds += 1) {
    const plan = planFirings({ schedule, catchUp, watermark, now, jitterMs, limit });
    fired.push(...plan.firings);
    skipped += plan.skipped;
    expect(plan.watermark).toBeGreaterThanOrEqual(watermark);
    watermark = plan.watermark;
    if (!plan.more) return { fired, skipped, watermark };
  }
  throw new Error('it does not get on');
}

describe('three days of outage of a minutely trigger', () => {
  const now = START + 3 * DAY + 30_000;

  it('ALL starts each of the 4,320 once, in order', () => {
    const { fired, skipped } = catchUp({}, START, now);
    expect(fired).toHaveLength(4_320);
    expect(new Set(fired).size).toBe(4_320);
    expect([...fired].sort((a, b) => a - b)).toEqual(fired);
    expect(skipped).toBe(0);
  });

  it('LATEST starts one', () => {
    expect(catchUp({ catchUp: 'LATEST' }, START, now + 5 * MINUTE)).toMatchObject({
      fired: [START + 3 * DAY + 5 * MINUTE],
      skipped: 4_324,
    });
  });

  it('NONE starts none of what was missed', () => {
    const hourly = compileSchedule({ type: 'CRON', cron: '0 * * * *' });
    expect(catchUp({ catchUp: 'NONE' }, START, START + 3 * DAY + 30 * MINUTE, { schedule: hourly })).toEqual({
      fired: [],
      skipped: 72,
      watermark: START + 3 * DAY,
    });
  });

  it('at most N starts the newest N', () => {
    const { fired, skipped } = catchUp({ maxCatchUp: 3 }, START, START + 3 * DAY + 59_000 + HOUR);
    expect(fired.slice(-4)).toEqual([57, 58, 59, 60].map((minute) => START + 3 * DAY + minute * MINUTE));
    expect(fired).toHaveLength(4);
    expect(skipped).toBe(4_380 - 4);
  });
});

it('a firing that is less than a minute late was not missed', () => {
  expect(catchUp({ catchUp: 'NONE' }, START, START + MINUTE + 59_000).fired).toEqual([START + MINUTE]);
});

it('a delay longer than the period loses no firing, and the times are nominal', () => {
  const jitterMs = 2.5 * HOUR;
  const schedule = compileSchedule({ type: 'CRON', cron: '0 * * * *', fuzzyMaxDelay: '3 hours' });
  const fired: Millis[] = [];
  let watermark = START;
  for (let now = START; now <= START + DAY + jitterMs; now += 10 * MINUTE) {
    const plan = planFirings({ schedule, catchUp: {}, watermark, now, jitterMs, limit: 100 });
    fired.push(...plan.firings);
    watermark = plan.watermark;
  }
  expect(fired).toEqual(Array.from({ length: 24 }, (_, hour) => START + (hour + 1) * HOUR));
});

it('whenever it is asked and however much at a time, ALL starts each nominal time exactly once', () => {
  const schedule = compileSchedule({ type: 'INTERVAL', interval: '1 minute' });
  const asked = fc.array(fc.integer({ min: 1, max: 200 * MINUTE }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(
      asked,
      fc.integer({ min: 0, max: 3 * HOUR }),
      fc.integer({ min: 1, max: 7 }),
      (pauses, jitterMs, limit) => {
        let now = START;
        let watermark = START;
        const fired: Millis[] = [];
        for (const pause of pauses) {
          now += pause;
          const caught = catchUp({}, watermark, now, { schedule, jitterMs, limit });
          fired.push(...caught.fired);
          ({ watermark } = caught);
        }
        const due = Math.max(0, Math.floor((now - jitterMs - START) / MINUTE));
        expect(fired).toEqual(Array.from({ length: due }, (_, index) => START + (index + 1) * MINUTE));
      },
    ),
    { numRuns: 50 },
  );
});

it('what is next is told when nothing more is due', () => {
  const plan = planFirings({
    schedule: minutely,
    catchUp: {},
    watermark: START,
    now: START + 1,
    jitterMs: 0,
    limit: 1,
  });
  expect(plan).toEqual({ firings: [], skipped: 0, watermark: START, next: START + MINUTE, more: false });
});

describe('identity', () => {
  const daily: TimeTrigger = { type: 'PREDEFINED', expression: '@daily' };

  it('is when a trigger fires, not how', () => {
    const one = triggerTexts([{ type: 'CRON', cron: '0  1 * * *' }]);
    expect(
      triggerTexts([
        { type: 'CRON', cron: '0 1 * * *', catchUp: 'LATEST', fuzzyMaxDelay: '1h', endDate: '2030-01-01' },
      ]),
    ).toEqual(one);
    expect(triggerTexts([{ type: 'CRON', cron: '0 1 * * *', timezone: 'Asia/Tokyo' }])).not.toEqual(one);
  });

  it('of two equal ones is told apart by their order', () => {
    expect(new Set(triggerTexts([daily, daily, daily])).size).toBe(3);
  });

  it('gives a delay below the limit that is always the same', () => {
    expect(jitterOf(0, 5n)).toBe(0);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: DAY }), fc.bigInt(), (fuzzy, seed) => {
        const jitter = jitterOf(fuzzy, seed);
        return jitter >= 0 && jitter < fuzzy && jitter === jitterOf(fuzzy, seed);
      }),
    );
  });
});
