import type { Alerting, Params } from '@maestro/domain';
import { interpolateRoute, isNotice, routeOf, rulesOf } from './index.js';

const COMMON: Alerting = {
  emails: ['team@example.com'],
  pagerduties: ['data-oncall'],
  slack: { channels: ['#data'], mentionUsers: ['U0123456'] },
};

describe('rulesOf', () => {
  it('tells of failures wherever there is alerting, and of a completion time where one is set', () => {
    expect([...rulesOf({ emails: ['a@b.c'] }).keys()]).toEqual(['STEP_FAILURE']);
    expect([...rulesOf({ tct: { durationMinutes: 5 } }).keys()]).toEqual(['STEP_FAILURE', 'TCT_VIOLATION']);
  });

  it('tells of what is asked for, and never of what is disabled', () => {
    const rules = rulesOf({
      typeConfigs: { RUN_SUCCESS: {}, STEP_FAILURE: { disabled: true }, BREAKPOINT_HIT: { disabled: true } },
    });
    expect([...rules.keys()]).toEqual(['RUN_SUCCESS']);
  });

  it('watches nothing without a limit', () => {
    const typeConfigs = { LONG_RUNNING: {}, DEPENDENCY_LATE: {}, SUCCESS_WITHIN: {} };
    expect([...rulesOf({ typeConfigs }).keys()]).toEqual(['STEP_FAILURE']);
    expect(rulesOf({ typeConfigs: { LONG_RUNNING: { durationMinutes: 2 } } }).get('LONG_RUNNING')).toEqual({
      ofRuns: true,
      ofSteps: false,
      limitMs: 120_000,
    });
  });

  it('follows the granularity', () => {
    const of = (granularity: 'WORKFLOW' | 'STEP' | 'ALL') =>
      rulesOf({ typeConfigs: { STEP_FAILURE: { granularity } } }).get('STEP_FAILURE');
    expect(of('WORKFLOW')).toEqual({ ofRuns: true, ofSteps: false });
    expect(of('STEP')).toEqual({ ofRuns: false, ofSteps: true });
    expect(of('ALL')).toEqual({ ofRuns: true, ofSteps: true });
  });
});

describe('routeOf', () => {
  it('takes the common addresses, and pages for what is wrong', () => {
    expect(routeOf(COMMON, 'STEP_FAILURE')).toEqual({
      emails: ['team@example.com'],
      pages: ['data-oncall'],
      slack: { users: [], channels: ['#data'], mentionUsers: ['U0123456'] },
      severity: 'ERROR',
      cancel: false,
    });
  });

  it('puts the own addresses of a type in place of the common ones, list by list', () => {
    const route = routeOf(
      { ...COMMON, typeConfigs: { STEP_FAILURE: { emails: ['lead@example.com'] } } },
      'STEP_FAILURE',
    );
    expect([route.emails, route.pages]).toEqual([['lead@example.com'], ['data-oncall']]);
  });

  it('goes only the ways that the actions name', () => {
    const route = routeOf(
      { ...COMMON, typeConfigs: { LONG_RUNNING: { actions: ['SLACK', 'CANCEL'] } } },
      'LONG_RUNNING',
    );
    expect([route.emails, route.pages, route.slack.channels, route.cancel]).toEqual([[], [], ['#data'], true]);
  });

  it('pages nobody for good news, unless pages are always wanted', () => {
    expect(routeOf(COMMON, 'RUN_SUCCESS').pages).toEqual([]);
    const always: Alerting = { ...COMMON, pagerdutyConfig: { alwaysPage: true, severity: 'CRITICAL' } };
    expect(routeOf(always, 'RUN_SUCCESS')).toMatchObject({ pages: ['data-oncall'], severity: 'CRITICAL' });
    expect(isNotice('RUN_SUCCESS')).toBe(true);
    expect(isNotice('STEP_FAILURE')).toBe(false);
  });
});

describe('interpolateRoute', () => {
  const workflowParams: Params = {
    team: { definition: { type: 'STRING', value: 'etl' }, evaluatedResult: 'etl', evaluatedTime: 1 },
  };

  it('fills params of the run in, and names an address once', () => {
    const route = routeOf(
      { emails: ['${team}@example.com', 'etl@example.com'], slack: { channels: ['#$team'] } },
      'STEP_FAILURE',
    );
    const { route: filled, problems } = interpolateRoute(route, { workflowParams });
    expect([filled.emails, filled.slack.channels, problems]).toEqual([['etl@example.com'], ['#etl'], []]);
  });

  it('leaves out what cannot be filled in, says why, and keeps the rest', () => {
    const route = routeOf({ emails: ['${nobody}@example.com', 'all@example.com'] }, 'STEP_FAILURE');
    const { route: filled, problems } = interpolateRoute(route, { workflowParams });
    expect(filled.emails).toEqual(['all@example.com']);
    expect(problems).toEqual([expect.stringMatching(/^emails\[0\]: .*nobody/)]);
  });
});
