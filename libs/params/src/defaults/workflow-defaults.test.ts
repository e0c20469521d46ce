import type { ParamDefinitions, Params } from '@maestro/domain';
import { createCompiler, PRESETS } from '@maestro/sel';
import { DEFAULT_PARAMS, DefaultsOnDemand, evaluateParams, type ParamScope } from '../index.js';

const defaults = DEFAULT_PARAMS.workflow;
const compiler = createCompiler({ cacheSize: 100 });
/** 2026-03-29 00:30:15 UTC: a day of a clock change in Europe, and the day before in America. */
const AT = Date.UTC(2026, 2, 29, 0, 30, 15);

const FIELDS: Readonly<Record<string, string | null>> = {
  owner: 'ann',
  workflow_id: 'w',
  INITIATOR_TIMEZONE: null,
  FIRST_TIME_TRIGGER_TIMEZONE: null,
};

function scope(fields: Readonly<Record<string, string>> = {}): ParamScope {
  return { instanceField: (field) => ({ ...FIELDS, ...fields })[field] };
}

function evaluated(definitions: ParamDefinitions, fields?: Readonly<Record<string, string>>): Params {
  const request = { definitions, defaults, scope: scope(fields), compiler, limits: PRESETS.IN_PLACE, at: AT };
  const outcome = evaluateParams(request);
  if (outcome.kind !== 'values') throw new Error(JSON.stringify(outcome));
  return outcome.params;
}

function all(definitions: ParamDefinitions, fields?: Readonly<Record<string, string>>): Record<string, unknown> {
  const params = evaluated(definitions, fields);
  const whole = new DefaultsOnDemand({ defaults, params, scope: scope(fields), compiler, at: AT }).all();
  return Object.fromEntries(Object.entries(whole).map(([name, param]) => [name, param.evaluatedResult]));
}

describe('default workflow params', () => {
  it('are those of a run at a moment', () => {
    expect(all({})).toEqual({
      DSL_DEFAULT_TZ: 'UTC',
      WORKFLOW_CRON_TIMEZONE: 'UTC',
      RUN_TS: BigInt(AT),
      TARGET_RUN_DATE: '20260329',
      TARGET_RUN_HOUR: '00',
      DERIVED_RUN_TS: BigInt(Date.UTC(2026, 2, 29)),
      DERIVED_RUN_DATE_US_PACIFIC: '20260328',
      DERIVED_RUN_DATE_US_PACIFIC_MINUS_ONE: '20260327',
      DERIVED_RUN_DATE_UTC: '20260329',
      DERIVED_RUN_DATE_UTC_MINUS_ONE: '20260328',
      DERIVED_RUN_DATE_UTC_PLUS_ONE: '20260330',
      DERIVED_RUN_DATE_UTC_MINUS_ONE_HOUR: '20260328',
      DERIVED_RUN_DATE_UTC_PLUS_ONE_HOUR: '20260329',
      DERIVED_RUN_HOUR_US_PACIFIC: '17',
      DERIVED_RUN_HOUR_UTC: '00',
      DERIVED_RUN_HOUR_UTC_MINUS_ONE_HOUR: '23',
      DERIVED_RUN_HOUR_UTC_PLUS_ONE_HOUR: '01',
      LOCAL_RUN_DATE: '20260329',
      RUN_DATE: '20260329',
      RUN_DATE_MINUS_1: '20260328',
      RUN_DATE_MINUS_7: '20260322',
      owner: 'ann',
      workflow_id: 'w',
    });
  });

  it('are 24, the one without a value included', () => {
    expect(Object.keys(defaults)).toHaveLength(24);
  });

  it('follow the time zone of the trigger', () => {
    expect(all({}, { INITIATOR_TIMEZONE: 'Asia/Tokyo', FIRST_TIME_TRIGGER_TIMEZONE: 'Europe/Paris' })).toMatchObject({
      DSL_DEFAULT_TZ: 'Europe/Paris',
      WORKFLOW_CRON_TIMEZONE: 'Asia/Tokyo',
      TARGET_RUN_DATE: '20260329',
      TARGET_RUN_HOUR: '09',
      DERIVED_RUN_TS: BigInt(Date.UTC(2026, 2, 29)),
    });
  });

  it('follow the params that a run overrides, also where these are expressions', () => {
    const params = all({
      RUN_TS: { type: 'LONG', expression: 'start + 1' },
      start: { type: 'LONG', value: 86_399_999n },
      WORKFLOW_CRON_TIMEZONE: { type: 'STRING', value: 'US/Pacific' },
    });
    expect(params).toMatchObject({ RUN_TS: 86_400_000n, TARGET_RUN_DATE: '19700101', RUN_DATE: '19700102' });
  });

  it('cost nothing when nobody asks, and are in the answer when somebody does', () => {
    const own: ParamDefinitions = { day: { type: 'STRING', value: 'on ${TARGET_RUN_DATE}' } };
    expect(Object.keys(evaluated({ n: { type: 'LONG', value: 1n } }))).toEqual(['n']);
    expect(Object.keys(evaluated(own))).toEqual([
      'DSL_DEFAULT_TZ',
      'WORKFLOW_CRON_TIMEZONE',
      'RUN_TS',
      'TARGET_RUN_DATE',
      'day',
    ]);
    expect(evaluated(own)['day']?.evaluatedResult).toBe('on 20260329');
  });

  it('are seen by params.get and containsKey; one without a value is not there', () => {
    const params = evaluated({
      a: { type: 'LONG', expression: "params.get('RUN_TS') + params['RUN_TS']" },
      b: {
        type: 'BOOLEAN',
        expression: "params.containsKey('RUN_DATE') && !params.containsKey('job_template_version')",
      },
    });
    expect(params).toMatchObject({ a: { evaluatedResult: BigInt(AT) * 2n }, b: { evaluatedResult: true } });
  });

  it('that cannot be evaluated are wrong where they are asked for, and have no value where all are shown', () => {
    const own: ParamDefinitions = { WORKFLOW_CRON_TIMEZONE: { type: 'STRING', value: 'Mars/Base' } };
    expect(all(own)).toMatchObject({ RUN_DATE: '20260329', TARGET_RUN_DATE: undefined });
    const params = evaluated(own);
    const demand = new DefaultsOnDemand({ defaults, params, scope: scope(), compiler, at: AT });
    expect(() => demand.value('TARGET_RUN_DATE')).toThrow(/default param TARGET_RUN_DATE: .*Mars\/Base/);
    expect(demand.value('nothing')).toBeUndefined();
  });
});
