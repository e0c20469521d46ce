import type { TimeTrigger } from '@maestro/domain';
import { compileSchedule } from '@maestro/schedule';
import type { StoredTrigger } from '../ports/time-trigger-store.js';
import { explainFiring } from './explain-firing.js';
import { explainTimeTrigger } from './explain-time-trigger.js';

const NOON = Date.UTC(2026, 11, 24, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DAILY: TimeTrigger = { type: 'CRON', cron: '0 6 * * *', blackouts: ['12-25'] };

const row = (more: Partial<StoredTrigger> = {}): StoredTrigger => ({
  workflowKey: 1n,
  workflowId: 'w',
  triggerId: 't',
  shard: 0,
  identity: 'daily',
  definition: '{}',
  generation: 1n,
  watermark: NOON - 6 * HOUR,
  nextFireAt: NOON + 42 * HOUR,
  nextNominal: undefined,
  pausedAt: undefined,
  pausedBy: undefined,
  reason: undefined,
  fired: 0n,
  skipped: 0n,
  lastNominal: undefined,
  lastInstance: undefined,
  ...more,
});
const compiled = (trigger: TimeTrigger, jitterMs = 0) => ({ trigger, schedule: compileSchedule(trigger), jitterMs });
const explained = (trigger: TimeTrigger, more: Partial<StoredTrigger> = {}, jitterMs = 0): string[] =>
  explainTimeTrigger(row(more), compiled(trigger, jitterMs), NOON).map(({ kind, message }) => `${kind} ${message}`);
const became = (at: number, trigger = DAILY, instanceId?: bigint): string =>
  explainFiring(row(), compiled(trigger), { at, instanceId }, NOON)
    .map(({ kind, message }) => `${kind} ${message}`)
    .join('; ');

it('an active trigger tells its next time, and which one a blackout takes', () => {
  expect(explained(DAILY, { fired: 3n, lastNominal: NOON - 6 * HOUR, lastInstance: 9n })).toEqual([
    'TIME Its next time is 2026-12-26T06:00:00Z.',
    'WITHHELD It does not fire at 2026-12-25T06:00:00Z: that lies in the blackout "12-25".',
    'FIRED It fired 3 times: last for 2026-12-24T06:00:00Z and started instance 9.',
  ]);
  expect(explained({ ...DAILY, blackouts: [] }, {}, 90_000)[0]).toBe(
    'TIME Its next time is 2026-12-25T06:00:00Z, and starts 90000 ms later by its own delay below fuzzy_max_delay.',
  );
});

it('a paused one says by whom, a failing one why, and neither when it would fire', () => {
  expect(explained(DAILY, { pausedAt: NOON, pausedBy: 'ada' }).slice(0, 2)).toEqual([
    'PAUSED It is paused by ada.',
    'WITHHELD It does not fire at 2026-12-25T06:00:00Z: that lies in the blackout "12-25".',
  ]);
  expect(explained({ ...DAILY, blackouts: [] }, { reason: 'too much load' })).toEqual([
    'FAILING Its workflow cannot be started: too much load',
    'FIRED It has not fired yet.',
  ]);
});

it('one that has ended says by what, and what was skipped by which policy', () => {
  expect(explained({ ...DAILY, endDate: '2026-12-24', catchUp: 'LATEST' }, { skipped: 4n })).toEqual([
    'ENDED It ended with 2026-12-24: it fires never again.',
    'WITHHELD It does not fire at 2026-12-25T06:00:00Z: that is after its end_date "2026-12-24".',
    'SKIPPED 4 firings that were missed did not start: catch_up is LATEST.',
    'FIRED It has not fired yet.',
  ]);
  expect(explained({ type: 'CRON', cron: '0 0 1 1 1 ? 2025' })[0]).toContain('ENDED Its schedule has no more times');
});

it('what became of a time: started, not one of its times, withheld, skipped, still to come, held up', () => {
  const six = NOON - 6 * HOUR;
  expect(became(six, DAILY, 7n)).toBe('FIRED It fired for 2026-12-24T06:00:00Z and started instance 7.');
  expect(became(NOON)).toBe(
    'OTHER_TIME 2026-12-24T12:00:00Z is none of its times. The next after it are 2026-12-26T06:00:00Z, 2026-12-27T06:00:00Z, 2026-12-28T06:00:00Z.',
  );
  expect(became(six + DAY)).toContain('WITHHELD It does not fire at 2026-12-25T06:00:00Z');
  expect(became(six - DAY, { ...DAILY, maxCatchUp: 2 })).toMatch(/^SKIPPED .* catch_up is ALL with max_catch_up 2/);
  expect(became(six + 2 * DAY)).toBe('TIME 2026-12-26T06:00:00Z is still to come.');
  const late = explainFiring(
    row({ watermark: six - DAY, reason: 'away' }),
    compiled(DAILY),
    { at: six, instanceId: undefined },
    NOON,
  );
  expect(late[0]).toMatchObject({ kind: 'FAILING', message: 'Its workflow cannot be started: away' });
});
