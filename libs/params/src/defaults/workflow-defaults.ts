import type { ParamDefinition, ParamDefinitions } from '@maestro/domain';

const MODE = { mode: 'MUTABLE_ON_START', source: 'SYSTEM_DEFAULT' } as const;
const RESERVED = { mode: 'CONSTANT', internalMode: 'RESERVED', source: 'SYSTEM_DEFAULT' } as const;

const DATE = 'yyyyMMdd';
const HOUR = 'HH';
const UTC = 'DateTimeZone.UTC';
const PACIFIC = "DateTimeZone.forID('US/Pacific')";
const CRON_ZONE = 'DateTimeZone.forID(WORKFLOW_CRON_TIMEZONE)';

function text(expression: string): ParamDefinition {
  return { type: 'STRING', expression, ...MODE };
}

function long(expression: string): ParamDefinition {
  return { type: 'LONG', expression, ...MODE };
}

function field(name: string): ParamDefinition {
  return { type: 'STRING', expression: `params.getFromInstance('${name}')`, ...RESERVED };
}

/** A field of the instance, or the text of another expression when the instance has none. */
function fieldOr(name: string, otherwise: string): ParamDefinition {
  return text(`zone = params.getFromInstance('${name}'); return zone == '' ? ${otherwise} : zone;`);
}

/** A moment as text; `shift` such as `.minusDays(1)` moves it on the calendar of the zone. */
function moment(millis: string, zone: string, pattern: string, shift = ''): ParamDefinition {
  return text(`new DateTime(${millis}, ${zone})${shift}.toString('${pattern}')`);
}

/**
 * WORKFLOW_DEFAULTS are the params that every run has unless it overrides them (specification part 1 §2.8, part 2 §8), in
 * their order. All but RUN_TS and the time zones follow from these three, so a run stores none of them: they are evaluated
 * where somebody asks (docs/adr/0013). `System.currentTimeMillis()` is the time at which the run was created.
 */
export const WORKFLOW_DEFAULTS: ParamDefinitions = {
  DSL_DEFAULT_TZ: fieldOr('FIRST_TIME_TRIGGER_TIMEZONE', "'UTC'"),
  WORKFLOW_CRON_TIMEZONE: fieldOr('INITIATOR_TIMEZONE', 'DSL_DEFAULT_TZ'),
  RUN_TS: long('System.currentTimeMillis()'),
  TARGET_RUN_DATE: moment('RUN_TS', CRON_ZONE, DATE),
  TARGET_RUN_HOUR: moment('RUN_TS', CRON_ZONE, HOUR),
  DERIVED_RUN_TS: long(
    `DateTimeFormat.forPattern('${DATE}${HOUR}').withZone(${CRON_ZONE}).parseMillis(TARGET_RUN_DATE + TARGET_RUN_HOUR)`,
  ),
  DERIVED_RUN_DATE_US_PACIFIC: moment('DERIVED_RUN_TS', PACIFIC, DATE),
  DERIVED_RUN_DATE_US_PACIFIC_MINUS_ONE: moment('DERIVED_RUN_TS', PACIFIC, DATE, '.minusDays(1)'),
  DERIVED_RUN_DATE_UTC: moment('DERIVED_RUN_TS', UTC, DATE),
  DERIVED_RUN_DATE_UTC_MINUS_ONE: moment('DERIVED_RUN_TS', UTC, DATE, '.minusDays(1)'),
  DERIVED_RUN_DATE_UTC_PLUS_ONE: moment('DERIVED_RUN_TS', UTC, DATE, '.plusDays(1)'),
  DERIVED_RUN_DATE_UTC_MINUS_ONE_HOUR: moment('DERIVED_RUN_TS', UTC, DATE, '.minusHours(1)'),
  DERIVED_RUN_DATE_UTC_PLUS_ONE_HOUR: moment('DERIVED_RUN_TS', UTC, DATE, '.plusHours(1)'),
  DERIVED_RUN_HOUR_US_PACIFIC: moment('DERIVED_RUN_TS', PACIFIC, HOUR),
  DERIVED_RUN_HOUR_UTC: moment('DERIVED_RUN_TS', UTC, HOUR),
  DERIVED_RUN_HOUR_UTC_MINUS_ONE_HOUR: moment('DERIVED_RUN_TS', UTC, HOUR, '.minusHours(1)'),
  DERIVED_RUN_HOUR_UTC_PLUS_ONE_HOUR: moment('DERIVED_RUN_TS', UTC, HOUR, '.plusHours(1)'),
  LOCAL_RUN_DATE: moment('RUN_TS', CRON_ZONE, DATE),
  RUN_DATE: moment('RUN_TS', UTC, DATE),
  RUN_DATE_MINUS_1: moment('RUN_TS', UTC, DATE, '.minusDays(1)'),
  RUN_DATE_MINUS_7: moment('RUN_TS', UTC, DATE, '.minusDays(7)'),
  job_template_version: { type: 'STRING', internalMode: 'OPTIONAL', ...MODE },
  owner: field('owner'),
  workflow_id: field('workflow_id'),
};
