import type { Alerting, StepStatus, WorkflowInstanceStatus } from '@maestro/domain';
import fc from 'fast-check';
import {
  checkWatch,
  completionTarget,
  definitionAlert,
  needsTarget,
  rulesOf,
  runTarget,
  successWatch,
  usualDuration,
  watchesOfRun,
  type RunChange,
  type Watch,
} from './index.js';

const run = { workflowId: 'etl', instanceId: 7n, runId: 1n };
const MINUTE = 60_000;

function change(steps: readonly [string, StepStatus, StepStatus][], to?: WorkflowInstanceStatus): RunChange {
  return {
    run,
    tenant: 'default',
    ...(to === undefined ? {} : { status: { to, time: 1_000 } }),
    steps: steps.map(([stepId, from, into]) => ({ stepId, attempt: 1, from, to: into, time: 2_000 })),
  };
}

const limit = (granularity: 'WORKFLOW' | 'STEP' | 'ALL'): Alerting => ({
  typeConfigs: { LONG_RUNNING: { durationMinutes: 1, granularity } },
});

describe('completionTarget', () => {
  const at = (iso: string): number => Date.parse(iso);
  const zoned = { runTs: at('2026-11-23T03:30:00Z'), timezone: 'UTC' };

  it('counts hours from the midnight of the day of RUN_TS, less one second', () => {
    expect(completionTarget({ completedByHour: 6 }, zoned)).toBe(at('2026-11-23T05:59:59Z'));
    expect(completionTarget({ completedByHour: 30 }, zoned)).toBe(at('2026-11-24T05:59:59Z'));
  });

  it('thinks in the zone that is given, else in that of the workflow', () => {
    expect(completionTarget({ completedByHour: 6, tz: 'America/Los_Angeles' }, zoned)).toBe(at('2026-11-22T13:59:59Z'));
    expect(completionTarget({ completedByHour: 6 }, { ...zoned, timezone: 'Asia/Tokyo' })).toBe(
      at('2026-11-22T20:59:59Z'),
    );
    expect(completionTarget({ completedByHour: 6, tz: 'Mars/Olympus' }, zoned)).toBeUndefined();
  });

  it('means the hour that the clock shows, on the days when clocks change too', () => {
    const spring = { runTs: at('2026-03-29T00:30:00Z'), timezone: 'Europe/Berlin' };
    expect(completionTarget({ completedByHour: 6 }, spring)).toBe(at('2026-03-29T03:59:59Z'));
  });

  it('counts minutes from RUN_TS, and takes an instant as it is', () => {
    expect(completionTarget({ durationMinutes: 90 }, zoned)).toBe(at('2026-11-23T05:00:00Z'));
    expect(completionTarget({ completedByTs: 5n }, zoned)).toBe(5);
  });

  it('may also be given by the type alone', () => {
    expect(runTarget({ typeConfigs: { TCT_VIOLATION: { durationMinutes: 1 } } }, zoned)).toBe(zoned.runTs + MINUTE);
    expect(runTarget({ tct: { completedByTs: 9n } }, zoned)).toBe(9);
    expect(runTarget({}, zoned)).toBeUndefined();
  });
});

describe('usualDuration', () => {
  it('is unknown while too few successes are known', () => {
    expect(usualDuration([5, 5])).toBeUndefined();
  });

  it('is what nine of ten did not exceed', () => {
    expect(usualDuration([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])).toBe(9);
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 3, maxLength: 30 }), (durations) => {
        const usual = usualDuration(durations) ?? -1;
        expect(durations.filter((each) => each <= usual).length).toBeGreaterThanOrEqual(durations.length * 0.9);
        expect(durations).toContain(usual);
      }),
    );
  });
});

describe('watchesOfRun', () => {
  it('watches a run from its beginning, and steps from theirs', () => {
    const ofRun = watchesOfRun(change([], 'IN_PROGRESS'), rulesOf(limit('WORKFLOW'))).open;
    expect(ofRun).toEqual([
      {
        key: 'LONG_RUNNING/etl/7/1',
        type: 'LONG_RUNNING',
        tenant: 'default',
        subject: run,
        since: 1_000,
        limit: 61_000,
        due: 61_000,
      },
    ]);
    expect(watchesOfRun(change([], 'CREATED'), rulesOf(limit('WORKFLOW'))).open).toEqual([]);
    const ofStep = watchesOfRun(change([['load', 'CREATED', 'STARTING']]), rulesOf(limit('STEP'))).open;
    expect(ofStep).toMatchObject([{ key: 'LONG_RUNNING/etl/7/1/load', limit: 62_000 }]);
  });

  it('begins once though a step goes through several statuses', () => {
    expect(watchesOfRun(change([['load', 'STARTING', 'RUNNING']]), rulesOf(limit('ALL'))).open).toEqual([]);
  });

  it('watches waits for signals, until they are over', () => {
    const rules = rulesOf({ typeConfigs: { DEPENDENCY_LATE: { durationMinutes: 2 } } });
    const waiting = watchesOfRun(change([['load', 'CREATED', 'WAITING_FOR_SIGNALS']]), rules);
    expect(waiting.open).toMatchObject([{ key: 'DEPENDENCY_LATE/etl/7/1/load', due: 122_000 }]);
    expect(watchesOfRun(change([['load', 'WAITING_FOR_SIGNALS', 'RUNNING']]), rules).close).toEqual([
      { subject: { ...run, stepId: 'load' }, type: 'DEPENDENCY_LATE' },
    ]);
  });

  it('closes all of a run or step that has ended, and opens nothing for it', () => {
    expect(watchesOfRun(change([['load', 'CREATED', 'RUNNING']], 'FAILED'), rulesOf(limit('ALL')))).toEqual({
      close: [{ subject: run }],
      open: [],
    });
    expect(watchesOfRun(change([['load', 'RUNNING', 'SUCCEEDED']]), rulesOf(limit('ALL'))).close).toEqual([
      { subject: { ...run, stepId: 'load' } },
    ]);
  });

  it('keeps watching a step that is tried again', () => {
    expect(watchesOfRun(change([['load', 'RUNNING', 'USER_FAILED']]), rulesOf(limit('STEP'))).close).toEqual([]);
  });

  it('holds runs and steps against the completion time, and looks at them at once', () => {
    const alerting: Alerting = {
      tct: { durationMinutes: 5 },
      typeConfigs: { TCT_VIOLATION: { granularity: 'ALL' } },
    };
    const rules = rulesOf(alerting);
    const begins = change([['load', 'CREATED', 'RUNNING']], 'IN_PROGRESS');
    expect(needsTarget(begins, rules)).toBe(true);
    expect(watchesOfRun(begins, rules, 9_000).open).toMatchObject([
      { key: 'TCT_VIOLATION/etl/7/1', limit: 9_000, due: 1_000 },
      { key: 'TCT_VIOLATION/etl/7/1/load', limit: 9_000, due: 2_000 },
    ]);
    expect(watchesOfRun(begins, rules).open).toEqual([]);
    expect(needsTarget(change([], 'SUCCEEDED'), rules)).toBe(false);
    expect(needsTarget(begins, rulesOf({}))).toBe(false);
  });

  it('gives a step a limit of its own where the type has one', () => {
    const rules = rulesOf({
      tct: { completedByHour: 6 },
      typeConfigs: { TCT_VIOLATION: { granularity: 'STEP', durationMinutes: 1 } },
    });
    const begins = change([['load', 'CREATED', 'RUNNING']]);
    expect(needsTarget(begins, rules)).toBe(false);
    expect(watchesOfRun(begins, rules).open).toMatchObject([{ limit: 62_000 }]);
  });
});

describe('checkWatch', () => {
  const watch: Watch = {
    key: 'TCT_VIOLATION/etl/7/1',
    type: 'TCT_VIOLATION',
    tenant: 'default',
    subject: run,
    since: 0,
    limit: 100_000,
    due: 0,
  };

  it('forgets what is over', () => {
    expect(checkWatch(watch, { now: 200_000, over: true })).toEqual({});
  });

  it('tells once that the time has passed', () => {
    const { alert, next } = checkWatch(watch, { now: 100_000, over: false });
    expect(alert).toMatchObject({
      key: watch.key,
      incident: watch.key,
      summary: 'run etl/7/1 is not complete by 1970-01-01 00:01:40 UTC',
    });
    expect(next).toBeUndefined();
  });

  it('waits for the limit while history says nothing', () => {
    expect(checkWatch(watch, { now: 10, over: false, startTime: 5 })).toEqual({ next: 100_000 });
  });

  it('warns early where history says that it will be late, as news of the same incident', () => {
    const { alert, next } = checkWatch(watch, { now: 50_000, over: false, startTime: 40_000, usual: 60_001 });
    expect(alert).toMatchObject({
      key: 'TCT_VIOLATION/etl/7/1#predicted',
      incident: watch.key,
      summary: 'run etl/7/1 will probably not be complete by 1970-01-01 00:01:40 UTC: expected 1970-01-01 00:01:40 UTC',
      details: ['nine of ten successes took at most 1 min'],
    });
    expect(next).toBe(100_000);
    expect(checkWatch(watch, { now: 50_000, over: false, startTime: 40_000, usual: 60_000 })).toEqual({
      next: 100_000,
    });
  });

  it('looks again when what has not begun cannot be in time any more', () => {
    expect(checkWatch(watch, { now: 10, over: false, usual: 30_000 })).toEqual({ next: 70_001 });
    expect(checkWatch(watch, { now: 70_001, over: false, usual: 30_000 }).alert).toBeDefined();
  });

  it.each([
    ['LONG_RUNNING', 'step etl/7/1/load runs for longer than 1 min 40 s'],
    ['DEPENDENCY_LATE', 'step etl/7/1/load waits for signals for longer than 1 min 40 s'],
  ] as const)('says of %s: %s', (type, summary) => {
    const late: Watch = { ...watch, type, key: `${type}/etl/7/1/load`, subject: { ...run, stepId: 'load' } };
    expect(checkWatch(late, { now: 99_999, over: false, usual: 1_000_000 })).toEqual({ next: 100_000 });
    expect(checkWatch(late, { now: 100_001, over: false }).alert).toMatchObject({ summary });
  });
});

describe('alerts of a workflow', () => {
  it('tell that no run has succeeded for too long, each time anew', () => {
    const rules = rulesOf({ typeConfigs: { SUCCESS_WITHIN: { durationMinutes: 1440 } } });
    const watch = successWatch({ workflowId: 'etl', tenant: 'default', since: 5 }, rules);
    if (watch === undefined) throw new Error('no watch');
    expect(watch).toMatchObject({ key: 'SUCCESS_WITHIN/etl', limit: 86_400_005 });
    expect(checkWatch(watch, { now: watch.limit, over: false }).alert).toMatchObject({
      key: 'SUCCESS_WITHIN/etl#5',
      summary: 'workflow etl has not succeeded for 1 d',
    });
    expect(successWatch({ workflowId: 'etl', tenant: 'default', since: 5 }, rulesOf({}))).toBeUndefined();
  });

  it('tell of changes of the definition where that is asked for', () => {
    const change = { sequence: 9n, workflowId: 'etl', tenant: 'default', time: 1, author: 'ada', what: 'is removed' };
    expect(definitionAlert(change, rulesOf({}))).toBeUndefined();
    expect(definitionAlert(change, rulesOf({ typeConfigs: { DEFINITION_CHANGE: {} } }))).toMatchObject({
      key: 'DEFINITION_CHANGE/etl#9',
      summary: 'workflow etl is removed by ada',
    });
  });
});
