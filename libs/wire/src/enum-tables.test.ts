import type { DescEnum } from '@bufbuild/protobuf';
import {
  ALERT_ACTIONS,
  ALERT_GRANULARITIES,
  ALERT_TYPES,
  CRITICALITIES,
  FAILURE_MODES,
  INTERNAL_PARAM_MODES,
  LOG_LEVELS,
  MATCH_OPERATORS,
  PAGERDUTY_SEVERITIES,
  PARAM_MODES,
  PARAM_SOURCES,
  PARAM_TYPES,
  CATCH_UPS,
  PREDEFINED_SCHEDULES,
  RUN_POLICIES,
  RUN_STRATEGY_RULES,
  SIGNAL_DEPENDENCY_STATUSES,
  STEP_STATUSES,
  TAG_NAMESPACES,
  TRIGGER_FINDING_KINDS,
  WORKFLOW_INSTANCE_STATUSES,
} from '@maestro/domain';
import * as alerting from '@maestro/proto/maestro/types/v1/alerting';
import * as common from '@maestro/proto/maestro/types/v1/common';
import * as definition from '@maestro/proto/maestro/types/v1/definition';
import * as instance from '@maestro/proto/maestro/types/v1/instance';
import * as param from '@maestro/proto/maestro/types/v1/param';
import * as signal from '@maestro/proto/maestro/types/v1/signal';
import * as step from '@maestro/proto/maestro/types/v1/step';
import * as trigger from '@maestro/proto/maestro/types/v1/trigger';
import * as wire from './index.js';

interface Table {
  readonly entries: Readonly<Record<string, number>>;
  fromProto(value: number, path: string): string;
  fromProtoOptional(value: number, path: string): string | undefined;
}

const TABLES: readonly (readonly [string, unknown, DescEnum, readonly string[]])[] = [
  ['alert type', wire.ALERT_TYPE_TABLE, alerting.AlertTypeSchema, ALERT_TYPES],
  ['alert action', wire.ALERT_ACTION_TABLE, alerting.AlertActionSchema, ALERT_ACTIONS],
  ['alert granularity', wire.ALERT_GRANULARITY_TABLE, alerting.AlertGranularitySchema, ALERT_GRANULARITIES],
  ['pagerduty severity', wire.PAGERDUTY_SEVERITY_TABLE, alerting.PagerdutySeveritySchema, PAGERDUTY_SEVERITIES],
  ['tag namespace', wire.TAG_NAMESPACE_TABLE, common.TagNamespaceSchema, TAG_NAMESPACES],
  ['criticality', wire.CRITICALITY_TABLE, definition.CriticalitySchema, CRITICALITIES],
  ['run strategy', wire.RUN_STRATEGY_RULE_TABLE, definition.RunStrategyRuleSchema, RUN_STRATEGY_RULES],
  ['instance status', wire.INSTANCE_STATUS_TABLE, instance.WorkflowInstanceStatusSchema, WORKFLOW_INSTANCE_STATUSES],
  ['step status', wire.STEP_STATUS_TABLE, instance.StepStatusSchema, STEP_STATUSES],
  ['run policy', wire.RUN_POLICY_TABLE, instance.RunPolicySchema, RUN_POLICIES],
  ['log level', wire.LOG_LEVEL_TABLE, instance.LogLevelSchema, LOG_LEVELS],
  ['param type', wire.PARAM_TYPE_TABLE, param.ParamTypeSchema, PARAM_TYPES],
  ['param mode', wire.PARAM_MODE_TABLE, param.ParamModeSchema, PARAM_MODES],
  ['internal param mode', wire.INTERNAL_PARAM_MODE_TABLE, param.InternalParamModeSchema, INTERNAL_PARAM_MODES],
  ['param source', wire.PARAM_SOURCE_TABLE, param.ParamSourceSchema, PARAM_SOURCES],
  ['match operator', wire.MATCH_OPERATOR_TABLE, signal.MatchOperatorSchema, MATCH_OPERATORS],
  [
    'signal dependency status',
    wire.SIGNAL_DEPENDENCY_STATUS_TABLE,
    signal.SignalDependencyStatusSchema,
    SIGNAL_DEPENDENCY_STATUSES,
  ],
  ['failure mode', wire.FAILURE_MODE_TABLE, step.FailureModeSchema, FAILURE_MODES],
  ['trigger finding', wire.TRIGGER_FINDING_KIND_TABLE, trigger.TriggerFindingKindSchema, TRIGGER_FINDING_KINDS],
  ['catch-up policy', wire.CATCH_UP_TABLE, trigger.CatchUpPolicySchema, CATCH_UPS],
  ['predefined schedule', wire.PREDEFINED_SCHEDULE_TABLE, trigger.PredefinedScheduleSchema, PREDEFINED_SCHEDULES],
];

describe.each(TABLES)('the table of %s', (_, unknownTable, descriptor, words) => {
  const table = unknownTable as Table;
  const numbers = descriptor.values.map((value) => value.number).filter((number) => number !== 0);

  it('has every word of the domain and every value of the contract, one to one', () => {
    expect(Object.keys(table.entries).sort()).toEqual([...words].sort());
    expect(Object.values(table.entries).sort((a, b) => a - b)).toEqual(numbers);
    for (const word of words) expect(table.fromProto(table.entries[word] ?? -1, '')).toBe(word);
  });

  it('refuses UNSPECIFIED and values of a newer version, naming the path', () => {
    expect(() => table.fromProto(0, 'a.b')).toThrow(/^a\.b: is required: one of /);
    expect(() => table.fromProtoOptional(999, 'a.b')).toThrow(/^a\.b: has the unknown value 999/);
    expect(table.fromProtoOptional(0, 'a.b')).toBeUndefined();
  });
});

it('no enum of the shared types lacks a table', () => {
  const files = [
    alerting.file_maestro_types_v1_alerting,
    common.file_maestro_types_v1_common,
    definition.file_maestro_types_v1_definition,
    instance.file_maestro_types_v1_instance,
    param.file_maestro_types_v1_param,
    signal.file_maestro_types_v1_signal,
    step.file_maestro_types_v1_step,
    trigger.file_maestro_types_v1_trigger,
  ];
  const enums = files.flatMap((file) => file.enums.map((each) => each.typeName));
  expect(TABLES.map(([, , descriptor]) => descriptor.typeName).sort()).toEqual(enums.sort());
});
