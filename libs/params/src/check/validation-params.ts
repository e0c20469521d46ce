import type { ParamDefinition, ParamDefinitions, ParamValue } from '@maestro/domain';

const DAY = '20210101';
const DATES = [
  'TARGET_RUN_DATE',
  'DERIVED_RUN_DATE_US_PACIFIC',
  'DERIVED_RUN_DATE_US_PACIFIC_MINUS_ONE',
  'DERIVED_RUN_DATE_UTC',
  'DERIVED_RUN_DATE_UTC_MINUS_ONE',
  'DERIVED_RUN_DATE_UTC_PLUS_ONE',
  'DERIVED_RUN_DATE_UTC_MINUS_ONE_HOUR',
  'DERIVED_RUN_DATE_UTC_PLUS_ONE_HOUR',
  'LOCAL_RUN_DATE',
  'RUN_DATE',
  'RUN_DATE_MINUS_1',
  'RUN_DATE_MINUS_7',
];
const HOURS = [
  'TARGET_RUN_HOUR',
  'DERIVED_RUN_HOUR_US_PACIFIC',
  'DERIVED_RUN_HOUR_UTC',
  'DERIVED_RUN_HOUR_UTC_MINUS_ONE_HOUR',
  'DERIVED_RUN_HOUR_UTC_PLUS_ONE_HOUR',
];

const texts = (names: readonly string[], value: string): ParamDefinitions =>
  Object.fromEntries(names.map((name): [string, ParamDefinition] => [name, { type: 'STRING', value }]));

/**
 * VALIDATION_PARAMS stand for the params that the system gives to every run (spec §2.8), so that a dry run can evaluate
 * what refers to them. Their values are of the right type and otherwise arbitrary.
 */
export const VALIDATION_PARAMS: ParamDefinitions = {
  ...texts(['DSL_DEFAULT_TZ', 'WORKFLOW_CRON_TIMEZONE'], 'UTC'),
  RUN_TS: { type: 'LONG', value: 1_609_459_200_000n },
  DERIVED_RUN_TS: { type: 'LONG', value: 1_609_459_200_000n },
  ...texts(DATES, DAY),
  ...texts(HOURS, '00'),
  ...texts(['job_template_version', 'owner', 'workflow_id'], 'validation'),
};

const INSTANCE_FIELDS: Readonly<Record<string, ParamValue>> = {
  INITIATOR_TIMEZONE: 'UTC',
  INITIATOR_TYPE: 'VALIDATION',
  INITIATOR_RUNNER_NAME: 'validation',
  RUN_POLICY: 'START_FRESH_NEW_RUN',
  workflow_id: 'validation',
  workflow_instance_id: 1n,
  workflow_run_id: 1n,
  owner: 'validation',
  FIRST_TIME_TRIGGER_TIMEZONE: 'UTC',
};

/** validationField is a field of the instance that a dry run pretends to be (spec §2.7). */
export function validationField(field: string): ParamValue | undefined {
  return Object.hasOwn(INSTANCE_FIELDS, field) ? INSTANCE_FIELDS[field] : undefined;
}

/** SIGNAL_VALUE is what params of signals are in a dry run, as in the original: a day. */
export const SIGNAL_VALUE = 20220101n;
